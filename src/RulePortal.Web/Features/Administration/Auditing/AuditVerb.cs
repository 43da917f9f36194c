using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary><c>audit verify|export|prune</c>.</summary>
internal sealed class AuditVerb : ICommandLineVerb
{
    public Command CreateCommand(IVerbHost host) => new("audit", "Verify, export and prune the audit trail.") { Verify(host), Export(host), Prune(host) };

    private static Command Verify(IVerbHost host)
    {
        var anchor = new Option<string?>("--anchor") { Description = "An end of the chain that an earlier verification printed and that was kept elsewhere: a chain made anew does not have it." };
        anchor.Validators.Add(result =>
        {
            if (AuditAnchor.Parse(result.GetValueOrDefault<string?>()) is null)
            {
                result.AddError("--anchor must be a position, a colon and 64 hexadecimal digits, as verify prints them.");
            }
        });
        var command = new Command("verify", "Hold every sealed entry against the hash chain; exit code 1 and the first broken place when it does not hold.") { anchor };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var wanted = AuditAnchor.Parse(parsed.GetValue(anchor));
                var found = await services.GetRequiredService<AuditVerifier>().VerifyAsync(wanted, token);
                var output = parsed.InvocationConfiguration.Output;
                await output.WriteLineAsync(Words(
                    $"{found.Verified:N0} entries are as they were sealed; {found.Unsealed:N0} are not sealed yet; {found.Removed:N0} went behind a checkpoint before."));
                if (found.Fault is { } fault)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(Words($"The chain is broken at position {fault.Position} ({fault.Kind}). {fault.Sentence}"));
                    return ExitCode.Failed;
                }

                if (wanted is not null)
                {
                    await output.WriteLineAsync(wanted.Position < found.Removed ? "The anchor lies before the last checkpoint and could not be held against its entry." : "The anchor is part of the chain.");
                }

                await output.WriteLineAsync(found.End is null ? "Nothing is sealed yet." : $"The chain holds. Its end is {found.End}");
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command Export(IVerbHost host)
    {
        var from = Instant("--from", "Entries at or after this instant, such as 2026-03-10 or 2026-03-10T12:00:00Z; UTC.");
        var to = Instant("--to", "Entries before this instant; UTC.");
        var format = new Option<AuditFormat>("--format") { Description = "csv or ndjson.", DefaultValueFactory = _ => AuditFormat.Csv };
        var command = new Command("export", "Write entries to the standard output, in the order of writing. The export is an entry itself.") { from, to, format };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var export = services.GetRequiredService<AuditExport>();
                var filter = new AuditFilter { FromUtc = Read(parsed.GetValue(from)), ToUtc = Read(parsed.GetValue(to)) };
                await export.NoteAsync(filter, parsed.GetValue(format), CommandLineActor.Current, token);
                await export.WriteAsync(parsed.InvocationConfiguration.Output, filter, parsed.GetValue(format), token);
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command Prune(IVerbHost host)
    {
        var command = new Command("prune", "Remove entries older than Audit:Retention, behind a checkpoint from which verification goes on. A running portal does it daily.");
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var retention = services.GetRequiredService<IOptions<AuditSettings>>().Value.Retention;
                var pruning = await services.GetRequiredService<AuditRetention>().PruneAsync(retention, CommandLineActor.Current, token);
                if (pruning.Fault is { } fault)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"Nothing was removed: the chain is broken, and what is left of it is evidence. {fault.Sentence}");
                    return ExitCode.Failed;
                }

                await parsed.InvocationConfiguration.Output.WriteLineAsync(pruning.Checkpoint is { } checkpoint
                    ? Words($"Removed {pruning.Removed:N0} entries older than {retention.TotalDays:N0} days; the checkpoint is {new AuditAnchor(checkpoint.Position, checkpoint.Hash)}")
                    : Words($"Nothing to do: no sealed entry is older than {retention.TotalDays:N0} days."));
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Option<string?> Instant(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (Read(result.GetValueOrDefault<string?>()) is null)
            {
                result.AddError($"{name} is not an instant; write one such as 2026-03-10T12:00:00Z.");
            }
        });
        return option;
    }

    private static DateTime? Read(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
