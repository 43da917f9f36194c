using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Overview;

/// <summary>Reads the numbers of the Overview page.</summary>
public sealed class OverviewQueries(IDbContextFactory<PortalDbContext> contexts, SourceWatch sources, TimeProvider time)
{
    /// <summary>Days of the charts and of the top lists, today included. UTC days.</summary>
    public const int Days = 30;

    /// <summary>Entries of a top list.</summary>
    public const int Top = 5;

    /// <summary>Reads the numbers as they are now.</summary>
    public async Task<OverviewNumbers> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var since = now.Date.AddDays(1 - Days);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = db.Alerts.AsNoTracking().Where(alert => alert.Status != AlertStatus.Closed);
        var recent = db.Alerts.AsNoTracking().Where(alert => alert.RaisedUtc >= since);
        return new OverviewNumbers
        {
            AtUtc = now,
            SinceUtc = since,
            OpenByAge = await OpenByAgeAsync(open, now, cancellationToken),
            Unassigned = await open.CountAsync(alert => alert.OwnerId == null, cancellationToken),
            ByDay = await ByDayAsync(recent, since, cancellationToken),
            ByTactic = await TacticCounts.ReadAsync(recent, cancellationToken),
            TopRules = await TopRulesAsync(recent, cancellationToken),
            TopHosts = await TopEntitiesAsync(db, recent, EntityType.Host, cancellationToken),
            TopCountries = await TopEntitiesAsync(db, recent, EntityType.Country, cancellationToken),
            TopProcesses = await TopEntitiesAsync(db, recent, EntityType.Process, cancellationToken),
            Verdicts = await VerdictsAsync(recent, cancellationToken),
        };
    }

    /// <summary>Reads whether rules run and data come.</summary>
    public async Task<OverviewHealth> HealthAsync(CancellationToken cancellationToken)
    {
        var silence = await sources.SilenceAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await db.AnalyticsRules.AsNoTracking()
            .OrderBy(rule => rule.Name)
            .Select(rule => new
            {
                rule.Id,
                rule.Name,
                rule.Enabled,
                rule.AutoDisabledReason,
                rule.HeldWindowEndUtc,
                Held = db.RuleWindows.Where(window => window.Id == rule.HeldWindowId).Select(window => window.Outcome).FirstOrDefault(),
                Last = db.RuleAttempts
                    .Where(attempt => attempt.RuleId == rule.Id && attempt.Outcome != AttemptOutcome.Running)
                    .OrderByDescending(attempt => attempt.StartedUtc)
                    .Select(attempt => new { attempt.Outcome, attempt.Sentence })
                    .FirstOrDefault(),
            })
            .BoundedBy("one row a rule, and there are at most RuleStore.MostRules")
            .ToListAsync(cancellationToken);
        var held = rules
            .Where(rule => rule.HeldWindowEndUtc is not null)
            .Select(rule => new RuleTrouble(new RuleReference(rule.Id, rule.Name), IsEnabled: true, rule.Held ?? "", IsHeld: true));
        var failing = rules
            .Where(rule => rule.Enabled && rule.HeldWindowEndUtc is null && rule.Last is { Outcome: AttemptOutcome.TransientFault or AttemptOutcome.RuleFault })
            .Select(rule => new RuleTrouble(new RuleReference(rule.Id, rule.Name), IsEnabled: true, rule.Last!.Sentence));
        var disabled = rules
            .Where(rule => !rule.Enabled)
            .Select(rule => new RuleTrouble(new RuleReference(rule.Id, rule.Name), IsEnabled: false, rule.AutoDisabledReason));
        return new OverviewHealth(
            rules.Count(rule => rule.Enabled),
            [.. held, .. failing, .. disabled],
            silence.NewestUtc,
            silence.Sources,
            silence.Silent,
            rules.Count(rule => rule is { Enabled: true, Last.Outcome: AttemptOutcome.NoData }),
            rules.Count(rule => rule is { Enabled: true, Last.Outcome: AttemptOutcome.Learning }));
    }

    private static async Task<IReadOnlyList<AgeCount>> OpenByAgeAsync(IQueryable<Alert> open, DateTime now, CancellationToken cancellationToken)
    {
        var hour = now.AddHours(-1);
        var day = now.AddDays(-1);
        var week = now.AddDays(-7);
        var counts = await open
            .GroupBy(alert => new { alert.Severity, Age = alert.RaisedUtc >= hour ? 0 : alert.RaisedUtc >= day ? 1 : alert.RaisedUtc >= week ? 2 : 3 })
            .Select(group => new { group.Key.Severity, group.Key.Age, Count = group.Count() })
            .BoundedBy("a row for each severity and age")
            .ToListAsync(cancellationToken);
        var by = counts.ToLookup(row => row.Age, row => (row.Severity, row.Count));
        return
        [
            new AgeCount(hour, null, SeverityCounts.Of(by[0])),
            new AgeCount(day, hour, SeverityCounts.Of(by[1])),
            new AgeCount(week, day, SeverityCounts.Of(by[2])),
            new AgeCount(null, week, SeverityCounts.Of(by[3])),
        ];
    }

    private static async Task<IReadOnlyList<DayCount>> ByDayAsync(IQueryable<Alert> recent, DateTime since, CancellationToken cancellationToken)
    {
        var counts = await recent
            .GroupBy(alert => new { alert.RaisedUtc.Year, alert.RaisedUtc.Month, alert.RaisedUtc.Day, alert.Severity })
            .Select(group => new { group.Key.Year, group.Key.Month, group.Key.Day, group.Key.Severity, Count = group.Count() })
            .BoundedBy("a row for each day and severity")
            .ToListAsync(cancellationToken);
        var by = counts.ToLookup(row => new DateOnly(row.Year, row.Month, row.Day), row => (row.Severity, row.Count));
        return
        [
            .. Enumerable.Range(0, Days)
                .Select(day => DateOnly.FromDateTime(since).AddDays(day))
                .Select(day => new DayCount(day, SeverityCounts.Of(by[day]))),
        ];
    }

    private static async Task<IReadOnlyList<RuleCount>> TopRulesAsync(IQueryable<Alert> recent, CancellationToken cancellationToken)
    {
        var rules = await recent
            .GroupBy(alert => alert.RuleId)
            .Select(group => new { Id = group.Key, Name = group.Max(alert => alert.RuleName), Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Name)
            .Take(Top)
            .ToListAsync(cancellationToken);
        return rules.ConvertAll(rule => new RuleCount(new RuleReference(rule.Id, rule.Name ?? ""), rule.Count));
    }

    private static async Task<IReadOnlyList<EntityCount>> TopEntitiesAsync(PortalDbContext db, IQueryable<Alert> recent, EntityType type, CancellationToken cancellationToken)
    {
        var values = await recent
            .Join(db.AlertEntities, alert => alert.Id, entity => entity.AlertId, (alert, entity) => entity)
            .Where(entity => entity.Type == type)
            .GroupBy(entity => entity.Value)
            .Select(group => new { Value = group.Key, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Value)
            .Take(Top)
            .ToListAsync(cancellationToken);
        return values.ConvertAll(value => new EntityCount(value.Value, value.Count));
    }

    private static async Task<IReadOnlyList<RuleVerdicts>> VerdictsAsync(IQueryable<Alert> recent, CancellationToken cancellationToken)
    {
        var rules = await recent
            .Where(alert => alert.Status == AlertStatus.Closed)
            .GroupBy(alert => alert.RuleId)
            .Select(group => new
            {
                Id = group.Key,
                Name = group.Max(alert => alert.RuleName),
                Closed = group.Count(),
                FalsePositives = group.Count(alert => alert.Classification == Classification.FalsePositive),
            })
            .OrderByDescending(group => group.Closed).ThenBy(group => group.Name)
            .BoundedBy("one row a rule, and there are at most RuleStore.MostRules")
            .ToListAsync(cancellationToken);
        return rules.ConvertAll(rule => new RuleVerdicts(new RuleReference(rule.Id, rule.Name ?? ""), rule.Closed, rule.FalsePositives));
    }
}
