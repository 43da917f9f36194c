using System.CommandLine;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Maintenance;

/// <summary><c>restore PATH</c>.</summary>
internal sealed class RestoreVerb : ICommandLineVerb
{
    public Command CreateCommand(IVerbHost host)
    {
        var path = new Argument<string>("path") { Description = "A file that the verb backup made." };
        var command = new Command("restore", "Put a backup in the SQLite store's place, once the doctor finds it sound; the old store is kept beside it. The portal must not be running.") { path };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            prepareStore: false,
            async (services, token) =>
            {
                services.GetRequiredService<PortalStore>().DemandFile();
                var file = Path.GetFullPath(parsed.GetValue(path)!);
                var (report, aside) = await services.GetRequiredService<StoreCopies>().RestoreAsync(file, CommandLineActor.Current, token);
                var output = parsed.InvocationConfiguration.Output;
                if (!report.IsSound)
                {
                    await StoreReportText.WriteTableAsync(output, report);
                    await parsed.InvocationConfiguration.Error.WriteLineAsync("The backup is not sound; the store was left as it is.");
                    return ExitCode.Failed;
                }

                await output.WriteLineAsync($"Restored {services.GetRequiredService<PortalStore>().Place} from {file}.{(aside is null ? "" : $" What was there is kept as {aside}.")}");
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
