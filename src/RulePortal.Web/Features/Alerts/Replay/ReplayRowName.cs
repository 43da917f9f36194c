using System.Globalization;
using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Features.Alerts.Replay;

/// <summary>Names a result row by what groups it, as people say it; a row of other columns by the texts in it.</summary>
internal static class ReplayRowName
{
    public static string Of(IReadOnlyList<ResultColumn> row)
    {
        var values = row.ToLookup(column => column.Name, column => Convert.ToString(column.Value, CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal);
        if (!values.Contains("ProcessName1") || !values.Contains("Computer"))
        {
            return string.Join(", ", row.Where(column => column.Value is string { Length: > 0 }).Select(column => (string)column.Value!));
        }

        return $"{Value("ProcessName1")} on {Value("Computer")}, {Value("SourceIp1")} to {Value("DestinationIp1")}, port {Value("DestinationPort")} {Value("Protocol")}, {Value("RemoteCountry1")}";

        string Value(string name) => values[name].FirstOrDefault() is { Length: > 0 } value ? value : "(empty)";
    }
}
