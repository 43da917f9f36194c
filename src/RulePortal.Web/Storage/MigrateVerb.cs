using System.CommandLine;
using System.Globalization;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Storage;

/// <summary><c>migrate</c>: brings the schema up to date, on SQL Server the job scheduler's tables as well.</summary>
internal sealed class MigrateVerb : ICommandLineVerb
{
    public Command CreateCommand(IVerbHost host)
    {
        var command = new Command("migrate", "Bring the database's schema up to date, and on SQL Server make the job scheduler's tables.");
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            prepareStore: false,
            async (services, token) =>
            {
                var applied = await services.GetRequiredService<StorePreparation>().MigrateAsync(token);
                var place = services.GetRequiredService<PortalStore>().Place;
                await parsed.InvocationConfiguration.Output.WriteLineAsync(applied.Count == 0
                    ? $"Nothing to do: the schema of {place} is current."
                    : string.Create(CultureInfo.InvariantCulture, $"Applied {applied.Count} migration(s) to {place}: {string.Join(", ", applied)}."));
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
