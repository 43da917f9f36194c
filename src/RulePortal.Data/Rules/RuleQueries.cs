using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Pins;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Rules;

/// <summary>What pages and the API show of rules: how they are, what they did, what they said before.</summary>
public sealed class RuleQueries(IDbContextFactory<PortalDbContext> contexts, RuleStore rules, TimeProvider clock)
{
    /// <summary>Every rule with its last run and its alerts, by name.</summary>
    public async Task<IReadOnlyList<RuleOverview>> OverviewAsync(CancellationToken cancellationToken)
    {
        var snapshots = await rules.ListAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lastRuns = await LastRunsAsync(db, cancellationToken);
        var alerts = await AlertCountsAsync(db, cancellationToken);
        return
        [
            .. snapshots.Select(rule =>
            {
                var count = alerts.GetValueOrDefault(rule.Id);
                return new RuleOverview(rule, lastRuns.GetValueOrDefault(rule.Id), count?.Day ?? 0, count?.Week ?? 0, count?.Closed ?? 0, count?.FalsePositives ?? 0);
            }),
        ];
    }

    /// <summary>The versions of a rule, the newest first, each with what it changed.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="skip">Versions before the page.</param>
    /// <param name="take">Versions on the page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<Page<RuleVersionRow>> VersionsAsync(Guid ruleId, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = db.RuleVersions.AsNoTracking().Where(v => v.RuleId == ruleId);
        var total = await versions.CountAsync(cancellationToken);
        // One more than shown: the last one's changes are told by the version before it.
        var read = await versions.OrderByDescending(v => v.Number).Skip(skip).Take(take + 1).ToListAsync(cancellationToken);
        var definitions = read.ConvertAll(v => RuleDefinitionJson.Read(v.Definition));
        return new([.. read.Take(take).Select((v, i) => new RuleVersionRow(v.Number, v.CreatedUtc, v.ActorName, v.Note, Changes(definitions, i)) { PinOverride = v.PinOverride, BrokenPins = BrokenPinJson.Read(v.BrokenPins) })], total);
    }

    /// <summary>The windows of a rule, the latest first, each with its last attempt.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="skip">Windows before the page.</param>
    /// <param name="take">Windows on the page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<Page<RuleWindowRow>> WindowsAsync(Guid ruleId, RuleWindowFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var windows = db.RuleWindows.AsNoTracking().Where(w => w.RuleId == ruleId);
        if (filter.Status is { } status)
        {
            windows = windows.Where(w => w.Status == status);
        }

        if (filter.Outcome is { } outcome)
        {
            windows = windows.Where(w => db.RuleAttempts.Any(a =>
                a.WindowId == w.Id && a.Outcome == outcome && a.Id == db.RuleAttempts.Where(b => b.WindowId == w.Id).Max(b => b.Id)));
        }

        if (filter.IsLate is { } isLate)
        {
            windows = windows.Where(w => isLate == (w.LateVerdict != null));
        }

        if (filter.Late is { } late)
        {
            windows = windows.Where(w => w.LateVerdict == late);
        }

        var total = await windows.CountAsync(cancellationToken);
        var page = await windows.OrderByDescending(w => w.EndUtc).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var attempts = await LastAttemptsAsync(db, page.ConvertAll(w => w.Id), cancellationToken);
        return new(
            [.. page.Select(w => new RuleWindowRow(w.Id, w.StartUtc, w.EndUtc, w.Status, w.AttemptCount, w.NotBeforeUtc, w.Outcome ?? "", LateData.Of(w), attempts.GetValueOrDefault(w.Id)))],
            total);
    }

    /// <summary>Attempts of one rule or of all, the last begun first.</summary>
    /// <param name="filter">Which of them.</param>
    /// <param name="skip">Attempts before the page.</param>
    /// <param name="take">Attempts on the page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<Page<RuleRun>> RunsAsync(RuleRunFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var attempts = db.RuleAttempts.AsNoTracking().Where(a =>
            (filter.RuleId == null || a.RuleId == filter.RuleId)
            && (filter.WindowId == null || a.WindowId == filter.WindowId)
            && (filter.Outcome == null || a.Outcome == filter.Outcome)
            && (filter.FromUtc == null || a.StartedUtc >= filter.FromUtc)
            && (filter.ToUtc == null || a.StartedUtc < filter.ToUtc));
        var total = await attempts.CountAsync(cancellationToken);
        var page = await Runs(db, attempts.OrderByDescending(a => a.StartedUtc).ThenByDescending(a => a.Id).Skip(skip).Take(take)).ToListAsync(cancellationToken);
        // The joins need not keep the order in which the page was cut.
        return new([.. page.OrderByDescending(a => a.StartedUtc).ThenByDescending(a => a.Id)], total);
    }

    /// <summary>What an attempt did not count when it looked back, by subject and time; empty for an attempt that excluded nothing, or is not there.</summary>
    public async Task<IReadOnlyList<ExcludedRows>> ExcludedAsync(long attemptId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FrozenExclusions.OfAsync(db, attemptId, cancellationToken);
    }

    private static IReadOnlyList<FieldChange> Changes(List<RuleDefinition> newestFirst, int index) =>
        index + 1 < newestFirst.Count ? RuleVersionDiff.Between(newestFirst[index + 1], newestFirst[index]) : [];

    private static async Task<Dictionary<Guid, RuleRun>> LastRunsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var windows = await db.AnalyticsRules.AsNoTracking()
            .Select(rule => db.RuleWindows
                .Where(w => w.RuleId == rule.Id && w.AttemptCount > 0)
                .OrderByDescending(w => w.EndUtc)
                .Select(w => (long?)w.Id)
                .FirstOrDefault())
            .Where(id => id != null)
            .Select(id => id!.Value)
            .BoundedBy("one row a rule, and there are at most RuleStore.MostRules")
            .ToListAsync(cancellationToken);
        return (await LastAttemptsAsync(db, windows, cancellationToken)).Values.ToDictionary(run => run.RuleId);
    }

    private static async Task<Dictionary<long, RuleRun>> LastAttemptsAsync(PortalDbContext db, List<long> windowIds, CancellationToken cancellationToken) =>
        await Runs(db, db.RuleAttempts.AsNoTracking()
                .Where(a => windowIds.Contains(a.WindowId) && a.Id == db.RuleAttempts.Where(b => b.WindowId == a.WindowId).Max(b => b.Id)))
            .BoundedBy("the last attempt at each window of a page")
            .ToDictionaryAsync(run => run.WindowId, cancellationToken);

    private static IQueryable<RuleRun> Runs(PortalDbContext db, IQueryable<RuleAttempt> attempts) =>
        from attempt in attempts
        join window in db.RuleWindows.AsNoTracking() on attempt.WindowId equals window.Id
        join rule in db.AnalyticsRules.AsNoTracking() on attempt.RuleId equals rule.Id
        select new RuleRun(
            attempt.Id, attempt.RuleId, rule.Name, attempt.WindowId, window.StartUtc, attempt.WindowEndUtc, attempt.Kind, attempt.RuleVersion, attempt.ActorName, attempt.StartedUtc,
            attempt.EndedUtc, attempt.Outcome, attempt.Sentence, attempt.Error, attempt.ResultCount, attempt.AlertCount, attempt.BaselineDays, attempt.LookbackDays, attempt.MaxBatchSeq, attempt.ExclusionCount, attempt.IsExclusionCut);

    private async Task<Dictionary<Guid, AlertCounts>> AlertCountsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (day, week, month) = (now.AddDays(-1), now.AddDays(-7), now.AddDays(-30));
        return await db.Alerts.AsNoTracking()
            .Where(a => a.RaisedUtc >= month)
            .GroupBy(a => a.RuleId)
            .Select(rule => new AlertCounts(
                rule.Key,
                rule.Count(a => a.RaisedUtc >= day),
                rule.Count(a => a.RaisedUtc >= week),
                rule.Count(a => a.Status == AlertStatus.Closed),
                rule.Count(a => a.Classification == Classification.FalsePositive)))
            .BoundedBy("one row a rule, and there are at most RuleStore.MostRules")
            .ToDictionaryAsync(count => count.RuleId, cancellationToken);
    }

    private sealed record AlertCounts(Guid RuleId, int Day, int Week, int Closed, int FalsePositives);
}
