using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Evaluation;

/// <summary>Says how long a rule, as it is saved, goes on finding what it found once. Writes nothing.</summary>
public sealed class BaselineForecaster(IDbContextFactory<PortalDbContext> contexts, EvaluationSnapshots snapshots, DetectorCatalog detectors, TimeProvider clock)
{
    /// <summary>Most subjects that are looked at.</summary>
    public const int MostSubjects = 20;

    /// <summary>Looks at what a window found.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="windowEndUtc">End of the window. UTC.</param>
    /// <param name="subjects">What was found, such as an alert's subjects.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when there is no such rule, its detector knows no forecast, or nothing of what was found grows into a baseline.</returns>
    public async Task<BaselineForecasts?> OfAsync(Guid ruleId, DateTime windowEndUtc, IReadOnlyList<Subject> subjects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        RuleSnapshot? rule;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            rule = await RuleStore.SnapshotAsync(db, ruleId, cancellationToken);
        }

        if (rule is null || subjects.Count == 0 || !detectors.TryBind(rule.Definition, out var bound, out _) || !bound.CanForecast)
        {
            return null;
        }

        // SQLite answers on the thread that asks: a page's own thread stays free.
        return await Task.Run(() => ForecastAsync(rule, bound, windowEndUtc, subjects, cancellationToken), cancellationToken);
    }

    private async Task<BaselineForecasts> ForecastAsync(
        RuleSnapshot rule, BoundRule bound, DateTime windowEndUtc, IReadOnlyList<Subject> subjects, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var read = TimeRange.Back(now, RuleLimits.LongestPeriod);
        await using var snapshot = await snapshots.OpenAsync(rule.Definition, rule.Id, read, maxBatchSeq: null, cancellationToken);
        var question = new ForecastQuestion(rule.Definition, windowEndUtc, [.. subjects.Take(MostSubjects)], now);
        var forecasts = await bound.ForecastAsync(question, snapshot.Connections, cancellationToken);
        return new BaselineForecasts(rule.Version, rule.Definition.BaselineExcludesAlerts, forecasts, subjects.Count);
    }
}

/// <summary>How long a rule goes on finding what it found.</summary>
/// <param name="RuleVersion">The rule version asked: the one in force.</param>
/// <param name="ExcludesAlerts">Whether that version excludes rows of its open and true-positive alerts, as they stand now.</param>
/// <param name="Items">One for each of the first <see cref="BaselineForecaster.MostSubjects"/> subjects.</param>
/// <param name="Subjects">How many subjects there are.</param>
public sealed record BaselineForecasts(int RuleVersion, bool ExcludesAlerts, IReadOnlyList<BaselineForecast> Items, int Subjects);
