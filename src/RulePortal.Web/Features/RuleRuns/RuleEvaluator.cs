using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>What a rule finds in the window that ends at an instant, and what alerts it asks for. Writes nothing.</summary>
internal sealed class RuleEvaluator(
    ConnectionHistoryFactory histories,
    IDbContextFactory<PortalDbContext> contexts,
    DetectorCatalog detectors,
    IOptions<SchedulingSettings> options)
{
    /// <remarks>A detector that hears no cancellation is left to itself when the token says so: it holds a thread and a read until it ends, and can write nothing.</remarks>
    public Task<EvaluatedWindow> EvaluateAsync(RuleSnapshot rule, DateTime endUtc, CancellationToken cancellationToken) =>
        Task.Run(() => FindAsync(rule, endUtc, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    private async Task<EvaluatedWindow> FindAsync(RuleSnapshot rule, DateTime endUtc, CancellationToken cancellationToken)
    {
        var definition = rule.Definition;
        var detector = detectors.Find(definition.Detector) ?? throw new RuleFaultException($"There is no detector '{definition.Detector}'");
        var reach = detector.Reach(definition.SettingsJson, definition.QueryFrequency, definition.QueryPeriod);
        var window = reach.WindowEndingAt(endUtc);
        if (await SilenceAsync(rule, endUtc, cancellationToken) is { } silence)
        {
            return new(window, AttemptOutcome.Suppressed, RunOutcome.Suppressed(silence).Sentence, null, null, null, null, []);
        }

        // Alerts are read with the rows. Whoever judges a window again takes the alerts as they stand then: the attempt keeps what it left out.
        var past = reach.BaselineBefore(endUtc);
        await using var history = await histories.OpenAsync(definition, rule.Id, past, maxBatchSeq: null, cancellationToken);
        var baseline = await BaselineFullness.MeasureAsync(history.Rows, past, cancellationToken);
        var (findings, keptOut) = await history.DetectAsync(detector, new DetectionContext(endUtc, definition.SettingsJson, definition.QueryFrequency, definition.QueryPeriod), cancellationToken);
        if (findings.Count > options.Value.MaxResultRows)
        {
            throw new RuleFaultException($"{findings.Count} result rows are more than the limit of {options.Value.MaxResultRows}; narrow the rule's settings");
        }

        var hasRows = findings.Count > 0 || await history.Rows.AnyAsync(window, cancellationToken);
        var outcome = RunOutcome.Judge(definition, window, findings, hasRows, baseline);
        var drafts = outcome.Groups
            .Select(group => new AlertDraft(group.GroupKey, AlertWording.Content(definition, window, group.Findings, baseline), group.Findings))
            .ToList();
        var hold = RunOutcome.IsHeld(definition, outcome.Kind, findings.Count) ? RunSentence.Held(findings.Count, definition.HoldAbove!.Value) : null;
        return new(window, KindOf(outcome.Kind), outcome.Sentence, history.Rows.MaxBatchSeq, findings.Count, baseline.DaysPresent, baseline.DaysLookedBack, drafts, past.StartUtc, hold)
        {
            KeptOut = keptOut,
            IsKeptOutCut = history.IsCut,
        };
    }

    private static AttemptOutcome KindOf(RunOutcomeKind kind) => kind switch
    {
        RunOutcomeKind.Alerted => AttemptOutcome.Alerted,
        RunOutcomeKind.Learning => AttemptOutcome.Learning,
        RunOutcomeKind.NoData => AttemptOutcome.NoData,
        RunOutcomeKind.Suppressed => AttemptOutcome.Suppressed,
        _ => AttemptOutcome.BelowThreshold,
    };

    private async Task<Suppression?> SilenceAsync(RuleSnapshot rule, DateTime endUtc, CancellationToken cancellationToken)
    {
        if (rule.Definition.SuppressionDuration is not { } duration)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Occurrences.AsNoTracking()
            .Where(o => o.RuleId == rule.Id && o.WindowEndUtc < endUtc)
            .MaxAsync(o => (DateTime?)o.WindowEndUtc, cancellationToken);
        return last is { } alerted && new Suppression(alerted, duration) is var silence && silence.Covers(endUtc) ? silence : null;
    }
}
