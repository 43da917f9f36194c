using System.CommandLine;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Data.Rules;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Features.Alerts.Replay;

/// <summary><c>alerts replay</c>.</summary>
internal sealed class AlertsVerb : ICommandLineVerb
{
    /// <summary>Of more differences than these the page and the API tell.</summary>
    private const int Most = 20;

    public Command CreateCommand(IVerbHost host) => new("alerts", "Evaluate alerts again.") { Replay(host) };

    private static Command Replay(IVerbHost host)
    {
        var number = new Argument<long>("number") { Description = "The alert's number." };
        var command = new Command("replay", "Evaluate an alert again from what was stored then, and compare. Stores nothing; ends with 1 unless it is identical.") { number };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var replay = await services.GetRequiredService<AlertReplayer>().ReplayAsync(parsed.GetValue(number), progress: null, token);
                if (replay.Outcome is not ReplayOutcome.Replayed)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(replay.Outcome is ReplayOutcome.NotFound ? $"There is no alert {parsed.GetValue(number)}." : "The replay took too long and was stopped.");
                    return ExitCode.Failed;
                }

                foreach (var line in replay.Attempts.SelectMany(Lines))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(SafeText.Visible(line));
                }

                return replay.Verdict is ReplayVerdict.Identical or ReplayVerdict.IdenticalAsKept ? ExitCode.Done : ExitCode.Failed;
            },
            cancellationToken));
        return command;
    }

    private static IEnumerable<string> Lines(ReplayedAttempt attempt) =>
    [
        $"Version {attempt.RuleVersion}, window to {UtcTime.Exact(attempt.WindowEndUtc)}, batches up to {attempt.MaxBatchSeq}{(attempt.IsExtension ? ", rows added later" : "")}",
        $"  {attempt.Verdict}: {attempt.Sentence}",
        .. attempt.Causes.Select(cause => "  " + cause.Sentence),
        .. attempt.Differences.Take(Most).Select(difference => $"  {(difference.Row.Count == 0 ? "the evaluation" : ReplayRowName.Of(difference.Row))}: {difference.Name}, then {difference.Then ?? "none"}, today {difference.Now ?? "none"}"),
        .. attempt.Notes.Select(note => "  " + note),
    ];
}
