using System.Globalization;
using System.Text.Json;
using RulePortal.Data.Maintenance.Doctor;

namespace RulePortal.Web.Features.Maintenance;

/// <summary>A report of the doctor as people and as programs read it.</summary>
internal static class StoreReportText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task WriteTableAsync(TextWriter output, StoreReport report)
    {
        var width = report.Checks.Max(check => check.Name.Length);
        foreach (var check in report.Checks)
        {
            var state = check.NotHere is not null ? "not here" : check.FaultCount == 0 ? "holds" : "BROKEN";
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{check.Name.PadRight(width)}  {state,-8}  {check.Took.TotalSeconds,7:0.00} s  {check.Promise}{(check.NotHere is null ? "" : $" ({check.NotHere})")}"));
            foreach (var fault in check.Faults)
            {
                await output.WriteLineAsync($"    {fault.Table} [{fault.Key}]: {fault.Sentence}");
                await output.WriteLineAsync($"        {fault.Remedy}");
            }

            if (check.FaultCount > check.Faults.Count)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"    and {check.FaultCount - check.Faults.Count:N0} more."));
            }
        }

        await output.WriteLineAsync(report.IsSound
            ? string.Create(CultureInfo.InvariantCulture, $"The store is sound: {report.Checks.Count} checks hold.")
            : string.Create(CultureInfo.InvariantCulture, $"The store is broken: {report.FaultCount:N0} faults in {report.Checks.Count(check => check.FaultCount > 0)} of {report.Checks.Count} checks."));
    }

    public static Task WriteJsonAsync(TextWriter output, StoreReport report) => output.WriteLineAsync(JsonSerializer.Serialize(
        new
        {
            report.IsSound,
            report.FaultCount,
            Checks = report.Checks.Select(check => new { check.Name, check.Promise, check.FaultCount, check.NotHere, Seconds = Math.Round(check.Took.TotalSeconds, 3), check.Faults }),
        },
        Json));
}
