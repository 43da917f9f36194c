using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Scheduling;

namespace RulePortal.Data.Health;

/// <summary>Reads whether the machine works: is the scheduler on time, what is slow, what failed, how fast the store grows.</summary>
public sealed class HealthQueries(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    /// <summary>Days over which durations and faults are looked at.</summary>
    public const int RecentDays = 7;

    /// <summary>Whole days from which growth is taken.</summary>
    public const int GrowthDays = 7;

    /// <summary>Most attempts that one answer is made of: the latest.</summary>
    public const int Most = 20_000;

    private DateTime NowUtc => clock.GetUtcNow().UtcDateTime;

    /// <summary>How far the evaluation of rules is behind the clock. A rule that is held waits for a person, not for the scheduler.</summary>
    /// <param name="delay">How long after its end a window is due.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<SchedulerState> SchedulerAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var now = NowUtc;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await (
            from rule in db.AnalyticsRules.AsNoTracking()
            join version in db.RuleVersions on new { RuleId = rule.Id, Number = rule.CurrentVersion } equals new { version.RuleId, version.Number }
            where rule.Enabled && rule.HeldWindowId == null
            select new { rule.Id, rule.Name, rule.EvaluateFromUtc, rule.PlannedToUtc, version.Definition }).BoundedBy("one row a rule, and there are at most RuleStore.MostRules").ToListAsync(cancellationToken);
        var latest = await (
            from window in db.RuleWindows.AsNoTracking()
            join rule in db.AnalyticsRules on window.RuleId equals rule.Id
            where rule.Enabled && rule.HeldWindowId == null && window.EndUtc == rule.PlannedToUtc && (window.Status == WindowStatus.Due || window.Status == WindowStatus.Running)
            select new { window.RuleId, rule.Name, window.EndUtc, window.NotBeforeUtc, Ended = window.Status == WindowStatus.Running ? window.LeaseUntilUtc : null, IsRunning = window.Status == WindowStatus.Running })
            .BoundedBy("one row a rule, and there are at most RuleStore.MostRules")
            .ToListAsync(cancellationToken);
        // A window whose worker was lost is due again from the end of its lease.
        var started = latest
            .Where(window => !window.IsRunning || window.Ended != null)
            .Select(window => (Rule: new RuleReference(window.RuleId, window.Name), window.EndUtc, DueUtc: window.Ended ?? Latest(window.EndUtc + delay, window.NotBeforeUtc)));
        // What a scheduler that stands still has not even put into the ledger.
        var unplanned = rules.Select(rule =>
        {
            var plan = new WindowPlan
            {
                Schedule = new QuerySchedule(RuleDefinitionJson.Read(rule.Definition).QueryFrequency),
                EvaluateFromUtc = rule.EvaluateFromUtc,
                LastEndUtc = rule.PlannedToUtc,
                IngestionDelay = delay,
            };
            return (Rule: new RuleReference(rule.Id, rule.Name), plan.Next.EndUtc, DueUtc: plan.NextDueUtc);
        });
        var worst = started.Concat(unplanned).Where(window => window.DueUtc < now).OrderBy(window => window.DueUtc).FirstOrDefault();
        var waiting = await db.RuleWindows.CountAsync(
            w => w.Status == WindowStatus.Due && (w.NotBeforeUtc == null || w.NotBeforeUtc <= now) && db.AnalyticsRules.Any(r => r.Id == w.RuleId && r.Enabled && r.HeldWindowId == null),
            cancellationToken);
        var running = await db.RuleWindows.CountAsync(w => w.Status == WindowStatus.Running && w.LeaseUntilUtc >= now, cancellationToken);
        return worst.Rule is null
            ? new(TimeSpan.Zero, null, null, waiting, running)
            : new(now - worst.DueUtc, worst.Rule, worst.EndUtc, waiting, running);
    }

    /// <summary>How long evaluations of the last <see cref="RecentDays"/> days took, rule by rule, the slowest first.</summary>
    public async Task<IReadOnlyList<RuleDuration>> SlowestAsync(int rules, CancellationToken cancellationToken)
    {
        var since = NowUtc.AddDays(-RecentDays);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = await (
            from attempt in db.RuleAttempts.AsNoTracking()
            join rule in db.AnalyticsRules on attempt.RuleId equals rule.Id
            where attempt.StartedUtc >= since && attempt.EndedUtc != null && attempt.Outcome != AttemptOutcome.LeaseLost
            orderby attempt.StartedUtc descending
            select new { attempt.RuleId, rule.Name, attempt.StartedUtc, EndedUtc = attempt.EndedUtc!.Value }).Take(Most).ToListAsync(cancellationToken);
        return
        [
            .. runs.GroupBy(run => new { run.RuleId, run.Name })
                .Select(rule => RuleDuration.Of(new RuleReference(rule.Key.RuleId, rule.Key.Name), rule.Select(run => run.EndedUtc - run.StartedUtc)))
                .OrderByDescending(rule => rule.P95).ThenByDescending(rule => rule.Max).ThenBy(rule => rule.Rule.Name, StringComparer.Ordinal)
                .Take(rules),
        ];
    }

    /// <summary>Evaluations of the last <see cref="RecentDays"/> days that failed, rule by rule, the last failed first.</summary>
    public async Task<IReadOnlyList<RuleFault>> FaultsAsync(CancellationToken cancellationToken)
    {
        var since = NowUtc.AddDays(-RecentDays);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var faults = await (
            from attempt in db.RuleAttempts.AsNoTracking()
            join rule in db.AnalyticsRules on attempt.RuleId equals rule.Id
            where attempt.StartedUtc >= since
                && (attempt.Outcome == AttemptOutcome.TransientFault || attempt.Outcome == AttemptOutcome.RuleFault || attempt.Outcome == AttemptOutcome.LeaseLost)
            orderby attempt.StartedUtc descending
            select new { attempt.RuleId, rule.Name, attempt.StartedUtc, attempt.Outcome, attempt.Sentence }).Take(Most).ToListAsync(cancellationToken);
        return
        [
            .. faults.GroupBy(fault => new { fault.RuleId, fault.Name })
                .Select(rule => (Last: rule.MaxBy(fault => fault.StartedUtc)!, Count: rule.Count()))
                .Select(rule => new RuleFault(new RuleReference(rule.Last.RuleId, rule.Last.Name), rule.Count, rule.Last.StartedUtc, rule.Last.Outcome, rule.Last.Sentence))
                .OrderByDescending(fault => fault.LastUtc),
        ];
    }

    /// <summary>How many connections there are and how fast they become more.</summary>
    public async Task<StoreGrowth> GrowthAsync(CancellationToken cancellationToken)
    {
        var today = NowUtc.Date;
        var since = today.AddDays(-GrowthDays);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hours = db.ConnectionHours.AsNoTracking();
        var rows = await hours.SumAsync(hour => (long?)hour.Rows, cancellationToken) ?? 0;
        var oldest = await hours.MinAsync(hour => (DateTime?)hour.HourUtc, cancellationToken);
        var recent = await hours.Where(hour => hour.HourUtc >= since && hour.HourUtc < today).Select(hour => new { hour.HourUtc, hour.Rows }).BoundedBy("one row an hour of some days").ToListAsync(cancellationToken);
        var days = recent.GroupBy(hour => hour.HourUtc.Date).Select(day => day.Sum(hour => (long)hour.Rows)).ToList();
        return new(rows, days.Count == 0 ? 0 : days.Average(), oldest);
    }

    private static DateTime Latest(DateTime due, DateTime? notBefore) => notBefore is { } later && later > due ? later : due;
}

/// <summary>How far the evaluation of rules is behind the clock.</summary>
/// <param name="Lag">For how long the latest window of some rule has been due without being started, the longest of them; zero when none is. Windows that were missed earlier do not count: they are filled beside.</param>
/// <param name="Rule">The rule of that window, or null.</param>
/// <param name="WindowEndUtc">Its end, or null. UTC.</param>
/// <param name="Waiting">Windows due now and not started, missed ones included.</param>
/// <param name="Running">Windows being evaluated.</param>
public sealed record SchedulerState(TimeSpan Lag, RuleReference? Rule, DateTime? WindowEndUtc, int Waiting, int Running);

/// <summary>How long the evaluations of a rule took.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Runs">Evaluations measured.</param>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="P95">Of twenty, nineteen took no longer.</param>
/// <param name="Max">None took longer.</param>
public sealed record RuleDuration(RuleReference Rule, int Runs, TimeSpan Median, TimeSpan P95, TimeSpan Max)
{
    /// <summary>Measures durations by nearest rank.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static RuleDuration Of(RuleReference rule, IEnumerable<TimeSpan> durations)
    {
        List<TimeSpan> sorted = [.. durations.Order()];
        return sorted.Count == 0
            ? throw new ArgumentException("There is no duration to measure.", nameof(durations))
            : new(rule, sorted.Count, Rank(0.5), Rank(0.95), sorted[^1]);

        TimeSpan Rank(double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}

/// <summary>The faults of one rule's evaluations.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Count">How many there were.</param>
/// <param name="LastUtc">When the last one began. UTC.</param>
/// <param name="LastOutcome">How the last one ended.</param>
/// <param name="LastSentence">What it said.</param>
public sealed record RuleFault(RuleReference Rule, int Count, DateTime LastUtc, AttemptOutcome LastOutcome, string LastSentence);

/// <summary>How many connections there are and how fast they become more.</summary>
/// <param name="Rows">Connections stored.</param>
/// <param name="RowsPerDay">Connections of one day, by TimeGenerated, on the average of the last <see cref="HealthQueries.GrowthDays"/> whole days that have any; zero when none has.</param>
/// <param name="OldestUtc">The hour of the oldest, or null. UTC.</param>
public sealed record StoreGrowth(long Rows, double RowsPerDay, DateTime? OldestUtc);
