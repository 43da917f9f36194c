using System.CommandLine;
using RulePortal.Data.Maintenance.Doctor;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Maintenance;

/// <summary><c>doctor</c>: proves the invariants of the store, and changes nothing.</summary>
internal sealed class DoctorVerb : ICommandLineVerb
{
    public Command CreateCommand(IVerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Write the report as JSON." };
        var command = new Command("doctor", "Prove that the store is whole: reads everything, changes nothing, may run beside a serving portal. Exit code 1 when something is wrong.") { json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            prepareStore: false,
            async (services, token) =>
            {
                await services.GetRequiredService<StorePreparation>().ForReadingAsync(token);
                var output = parsed.InvocationConfiguration.Output;
                var report = await services.GetRequiredService<StoreDoctor>().ExamineAsync(progress: null, token);
                await (parsed.GetValue(json) ? StoreReportText.WriteJsonAsync(output, report) : StoreReportText.WriteTableAsync(output, report));
                return report.IsSound ? ExitCode.Done : ExitCode.Failed;
            },
            cancellationToken));
        return command;
    }
}
