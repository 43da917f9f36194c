using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>Evaluates again what raised an alert: the rule version in force then, over the batches seen then. Says whether it is the same, and if not, why. Writes nothing.</summary>
public sealed class AlertReplayer(IDbContextFactory<PortalDbContext> contexts, ConnectionHistoryFactory histories, DetectorCatalog detectors, RuleSimulator simulator, TimeProvider clock)
{
    private readonly ReplaySource source = new(contexts);

    /// <summary>Replays an alert, one evaluation after the other; it waits for a place and keeps the time limit as a simulation does.</summary>
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
        var (isInTime, attempts) = await simulator.InPlaceAsync(
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
            // Retention took the alert meanwhile, and with it the evidence to compare with.
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
            return Impossible(found, "The rule kept rows of its alerts out of the baseline, and what that attempt kept out was removed with it.");
        }

        if (detectors.Find(rule.Detector) is not { } detector)
        {
            return Impossible(found, $"This release has no detector '{rule.Detector}', so it cannot be evaluated again.");
        }

        ReplayRun run;
        try
        {
            run = await RunAsync(found, rule, detector, cancellationToken);
        }
        catch (Exception refused) when (refused is ArgumentException or JsonException)
        {
            return Impossible(found, $"The detector of this release refuses the settings of version {found.RuleVersion}: {refused.Message}");
        }

        var (before, kept) = await source.EvidenceAsync(found, cancellationToken);
        List<KeptRow> now = [.. run.Of(found.GroupKey).Where(finding => !before.Contains(finding.GroupKey)).Select(KeptRow.Of)];
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
            Causes = verdict is ReplayVerdict.Different ? await source.CausesAsync(found, run, comparison.IsFirstSeenOther, cancellationToken) : [],
            Notes = [.. ReplayWords.Notes(found, counts, comparison)],
        };
    }

    private async Task<ReplayRun> RunAsync(FoundByAttempt found, RuleDefinition rule, IDetector detector, CancellationToken cancellationToken)
    {
        var reach = detector.Reach(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod);
        var window = reach.WindowEndingAt(found.WindowEndUtc);
        var past = reach.BaselineBefore(found.WindowEndUtc);
        await using var history = await OpenAsync(found, cancellationToken);
        var baseline = await BaselineFullness.MeasureAsync(history.Rows, past, cancellationToken);
        var (findings, _) = await history.DetectAsync(detector, new DetectionContext(found.WindowEndUtc, rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod), cancellationToken);
        var hasRows = findings.Count > 0 || await history.Rows.AnyAsync(window, cancellationToken);
        return new ReplayRun(window, past.StartUtc, findings, baseline, RunOutcome.Judge(rule, window, findings, hasRows, baseline));
    }

    /// <summary>The rows as that attempt saw them: whatever an attempt leaves out or freezes of its history belongs here.</summary>
    private async Task<EvaluationHistory> OpenAsync(FoundByAttempt found, CancellationToken cancellationToken) =>
        await histories.OpenFrozenAsync(await source.KeptOutAsync(found.AttemptId, cancellationToken), found.MaxBatchSeq, cancellationToken);

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
