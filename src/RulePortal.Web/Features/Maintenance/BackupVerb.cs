using System.CommandLine;
using System.Globalization;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Maintenance;

/// <summary><c>backup PATH</c>.</summary>
internal sealed class BackupVerb : ICommandLineVerb
{
    public Command CreateCommand(IVerbHost host)
    {
        var path = new Argument<string>("path") { Description = "The file to make; it must not exist." };
        var command = new Command("backup", "Copy the SQLite store into a file, beside a serving portal, and have the doctor look at the copy.") { path };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            prepareStore: false,
            async (services, token) =>
            {
                services.GetRequiredService<PortalStore>().DemandFile();
                await services.GetRequiredService<StorePreparation>().ForReadingAsync(token);
                var file = Path.GetFullPath(parsed.GetValue(path)!);
                var report = await services.GetRequiredService<StoreCopies>().BackupAsync(file, CommandLineActor.Current, token);
                var output = parsed.InvocationConfiguration.Output;
                if (!report.IsSound)
                {
                    await StoreReportText.WriteTableAsync(output, report);
                    await parsed.InvocationConfiguration.Error.WriteLineAsync("The copy is not sound, so it was not kept; neither is the store. To keep it as evidence, copy its files while the portal is stopped.");
                    return ExitCode.Failed;
                }

                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file}: {new FileInfo(file).Length / 1024 / 1024.0:N1} MiB, sound by all {report.Checks.Count} checks of the doctor."));
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
