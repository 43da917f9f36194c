using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Evaluation;

/// <summary>Says how long a rule, as it is saved, goes on finding what it found once. Writes nothing.</summary>
public sealed class BaselineForecaster(IDbContextFactory<PortalDbContext> contexts, ConnectionHistoryFactory histories, DetectorCatalog detectors, TimeProvider clock)
{
    /// <summary>Most subjects that are looked at.</summary>
    public const int MostSubjects = 20;

    /// <summary>Looks at what a window found.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="windowEndUtc">End of the window. UTC.</param>
    /// <param name="entities">What was found, such as an alert's entities.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when there is no such rule, its detector knows no forecast, or nothing of what was found grows into a baseline.</returns>
    public async Task<BaselineForecasts?> OfAsync(Guid ruleId, DateTime windowEndUtc, IReadOnlyList<FindingEntity> entities, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        RuleSnapshot? rule;
        await using (PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            rule = await RuleStore.SnapshotAsync(db, ruleId, cancellationToken);
        }

        if (rule is null || detectors.Find(rule.Definition.Detector) is not IForecastingDetector detector || detector.SubjectsOf(entities) is not { Count: > 0 } subjects)
        {
            return null;
        }

        // SQLite answers on the thread that asks: a page's own thread stays free.
        return await Task.Run(() => ForecastAsync(rule, detector, windowEndUtc, subjects, cancellationToken), cancellationToken);
    }

    private async Task<BaselineForecasts> ForecastAsync(RuleSnapshot rule, IForecastingDetector detector, DateTime windowEndUtc, IReadOnlyList<string> subjects, CancellationToken cancellationToken)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        await using EvaluationHistory history = await histories.OpenAsync(rule.Definition, rule.Id, TimeRange.Back(now, RuleLimits.LongestPeriod), maxBatchSeq: null, cancellationToken);
        var question = new ForecastQuestion(rule.Definition, windowEndUtc, [.. subjects.Take(MostSubjects)], now);
        return new BaselineForecasts(rule.Version, rule.Definition.BaselineExcludesAlerts, await detector.ForecastAsync(question, history.Rows, cancellationToken), subjects.Count);
    }
}
