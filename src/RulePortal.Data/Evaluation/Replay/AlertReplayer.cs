using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>Evaluates again what raised an alert: the rule version in force then, over the batches seen then. Says whether it is the same, and if not, why. Writes nothing.</summary>
public sealed class AlertReplayer(
    IDbContextFactory<PortalDbContext> contexts, WindowEvaluator evaluator, DetectorCatalog detectors, WorkSlots slots, TimeProvider clock)
{
    private readonly ReplaySource source = new(contexts);

    /// <summary>Replays an alert, one evaluation after the other; it waits for a slot and keeps the time limit as a simulation does.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="progress">Told how many evaluations are done, on any thread; or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<AlertReplay> ReplayAsync(long alertId, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        if (await source.FindAsync(alertId, cancellationToken) is not { } found)
        {
            return AlertReplay.Of(ReplayOutcome.NotFound);
        }

        var started = clock.GetTimestamp();
        progress?.Report(new SimulationProgress(0, found.Count));
        var (isInTime, attempts) = await slots.RunAsync(
            WorkKind.Look,
            RuleSimulator.TimeLimit,
            async token =>
            {
                var done = new List<ReplayedAttempt>();
                foreach (var each in found)
                {
                    done.Add(await ReplayAsync(each, token));
                    progress?.Report(new SimulationProgress(done.Count, found.Count));
                }

                return done;
            },
            cancellationToken);
        if (isInTime && !await source.IsThereAsync(alertId, cancellationToken))
        {
            // Retention removed the alert in the meantime, and with it the evidence to compare with.
            return AlertReplay.Of(ReplayOutcome.NotFound);
        }

        return isInTime ? new AlertReplay(ReplayOutcome.Replayed, attempts!, clock.GetElapsedTime(started)) : AlertReplay.Of(ReplayOutcome.TimedOut);
    }

    private async Task<ReplayedAttempt> ReplayAsync(FoundByAttempt found, CancellationToken cancellationToken)
    {
        if (found.Rule is not { } rule)
        {
            return Impossible(found, $"Version {found.RuleVersion} of the rule is not stored, so it cannot be evaluated again.");
        }

        if (found.Attempt is null && rule.BaselineExcludesAlerts)
        {
            return Impossible(found, "The rule excludes rows of its alerts from the baseline, and what that attempt excluded was removed with it.");
        }

        if (detectors.Find(rule.Detector) is null)
        {
            return Impossible(found, $"This release has no detector '{rule.Detector}', so it cannot be evaluated again.");
        }

        if (!detectors.TryBind(rule, out var bound, out var errors))
        {
            var why = string.Join(' ', errors.Select(error => error.Message));
            return Impossible(found, $"The detector of this release refuses the settings of version {found.RuleVersion}: {why}");
        }

        var excluded = await source.ExcludedAsync(found.AttemptId, cancellationToken);
        var run = await evaluator.EvaluateFrozenAsync(bound, excluded, found.MaxBatchSeq, found.WindowEndUtc, cancellationToken);

        var (before, kept) = await source.EvidenceAsync(found, cancellationToken);
        List<KeptRow> now = [.. Of(run, found.GroupKey).Where(finding => !before.Contains(finding.GroupKey)).Select(KeptRow.Of)];
        var isCut = found.Rows > kept.Count;
        var comparison = new ReplayComparison();
        if (run.Outcome.Kind is not RunOutcomeKind.Alerted)
        {
            comparison.Outcome("alerted", run.Outcome.Sentence);
        }

        comparison.Number("Result rows of the whole evaluation", found.Attempt?.ResultCount, run.Findings.Count);
        comparison.Number("Days of the baseline that have rows", found.Attempt?.BaselineDays, run.Baseline.DaysPresent);
        if (isCut)
        {
            comparison.Number("Result rows of this alert", found.Rows, now.Count);
        }

        comparison.Compare(kept, now, isCut);
        var counts = new ReplayCounts(found.Rows, kept.Count, now.Count, comparison.Rows, comparison.Values, comparison.Measures);
        var verdict = comparison.DifferenceCount > 0 ? ReplayVerdict.Different : isCut ? ReplayVerdict.IdenticalAsKept : ReplayVerdict.Identical;
        return Of(found, verdict, ReplayWords.Of(verdict, counts, comparison)) with
        {
            Counts = counts,
            Differences = comparison.Differences,
            DifferenceCount = comparison.DifferenceCount,
            Causes = verdict is ReplayVerdict.Different ? await source.CausesAsync(found, run, comparison.IsEvidenceOther, cancellationToken) : [],
            Notes = [.. ReplayWords.Notes(found, counts, comparison)],
        };
    }

    /// <summary>The result rows of a group key, whether or not the trigger holds today.</summary>
    private static IEnumerable<Finding> Of(WindowEvaluation run, string groupKey) => groupKey switch
    {
        AlertGrouping.AllRows => run.Findings,
        AlertGrouping.RemainingRows => run.Findings.Skip(AlertGrouping.MostAlerts - 1),
        _ => run.Findings.Where(finding => string.Equals(finding.GroupKey, groupKey, StringComparison.Ordinal)),
    };

    private static ReplayedAttempt Impossible(FoundByAttempt found, string sentence) => Of(found, ReplayVerdict.Impossible, sentence);

    private static ReplayedAttempt Of(FoundByAttempt found, ReplayVerdict verdict, string sentence) => new()
    {
        AttemptId = found.AttemptId,
        IsExtension = found.IsExtension,
        RuleVersion = found.RuleVersion,
        WindowStartUtc = found.WindowStartUtc,
        WindowEndUtc = found.WindowEndUtc,
        MaxBatchSeq = found.MaxBatchSeq,
        Verdict = verdict,
        Sentence = sentence,
    };
}
