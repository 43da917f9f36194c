using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Analytics;
using RulePortal.Data.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>What a rule finds in the window that ends at an instant, and what alerts it asks for. Writes nothing.</summary>
internal sealed class RuleEvaluator(
    ConnectionHistoryFactory histories,
    IDbContextFactory<PortalDbContext> contexts,
    DetectorCatalog detectors,
    IOptions<SchedulingSettings> options)
{
    private const int MostEntities = 500;

    public async Task<Evaluation> EvaluateAsync(RuleSnapshot rule, DateTime endUtc, CancellationToken cancellationToken)
    {
        var definition = rule.Definition;
        var detector = detectors.Find(definition.Detector) ?? throw new ArgumentException($"There is no detector '{definition.Detector}'.");
        var reach = detector.Reach(definition.SettingsJson, definition.QueryFrequency, definition.QueryPeriod);
        var window = reach.WindowEndingAt(endUtc);
        if (await SilentUntilAsync(rule, endUtc, cancellationToken) is { } silentUntil)
        {
            return new(window, AttemptOutcome.Suppressed, RunSentences.Suppressed(silentUntil), null, null, null, null, []);
        }

        await using var history = await histories.OpenAsync(cancellationToken);
        var baseline = await history.BaselineAsync(reach.BaselineBefore(endUtc), cancellationToken);
        var findings = await detector.DetectAsync(new DetectionContext(endUtc, definition.SettingsJson, definition.QueryFrequency, definition.QueryPeriod), history, cancellationToken);
        if (findings.Count > options.Value.MaxResultRows)
        {
            throw new TooManyResultRowsException(findings.Count, options.Value.MaxResultRows);
        }

        var trigger = new TriggerCondition(definition.TriggerOperator, definition.TriggerThreshold);
        var fires = trigger.Fires(findings.Count);
        var needed = TimeSpan.FromTicks(Math.Min(definition.LearningPeriod.Ticks, reach.BaselineBefore(endUtc).Length.Ticks));
        if (baseline.DaysPresent < needed.TotalDays)
        {
            return Of(AttemptOutcome.Learning, RunSentences.Learning(findings.Count, trigger, baseline.DaysPresent, (int)Math.Ceiling(needed.TotalDays)), []);
        }

        if (!fires && findings.Count == 0 && !await history.AnyAsync(window, cancellationToken))
        {
            return Of(AttemptOutcome.NoData, RunSentences.NoData(window), []);
        }

        var groups = AlertGrouping.Split(definition.EventGrouping, trigger, findings);
        var drafts = groups.Select(group => new AlertDraft(group.GroupKey, Content(group), group.Findings)).ToList();
        return Of(drafts.Count > 0 ? AttemptOutcome.Alerted : AttemptOutcome.BelowThreshold, RunSentences.Evaluated(findings.Count, trigger, drafts.Count), drafts);

        Evaluation Of(AttemptOutcome outcome, string sentence, IReadOnlyList<AlertDraft> asked) =>
            new(window, outcome, sentence, history.MaxBatchSeq, findings.Count, baseline.DaysPresent, baseline.DaysWanted, asked);

        AlertContent Content(AlertGroup group) => AlertWording.Content(definition, trigger, window, group.Findings, baseline.DaysPresent, baseline.DaysWanted, MostEntities);
    }

    /// <summary>Judged by the windows' ends, so that a replay agrees.</summary>
    private async Task<DateTime?> SilentUntilAsync(RuleSnapshot rule, DateTime endUtc, CancellationToken cancellationToken)
    {
        if (rule.Definition.SuppressionDuration is not { } silence)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Occurrences.AsNoTracking()
            .Where(o => o.RuleId == rule.Id && o.WindowEndUtc < endUtc)
            .MaxAsync(o => (DateTime?)o.WindowEndUtc, cancellationToken);
        return last + silence is { } until && until > endUtc ? until : null;
    }
}
