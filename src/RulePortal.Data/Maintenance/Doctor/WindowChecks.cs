using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Rules;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>The ledger of windows: none is missing while its rule was enabled, none is there twice.</summary>
internal static class WindowChecks
{
    private const string Plan = "Disable the rule and enable it again, and backfill the time between; or restore the last backup.";

    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("windows.gaps", "No window is missing between the first and the newest of a rule while it was enabled", GapsAsync),
        new("windows.ends", "The ledger begins where the rule was enabled and ends where it was planned to", EndsAsync),
        new("windows.doubles", "No time is covered by two windows of a rule", DoublesAsync),
        new("windows.leases", "A running window has a lease and an attempt under it, and no other window has one", LeasesAsync),
        new("windows.holds", "A rule that is held has a window that holds it, and every held window holds its rule", HoldsAsync),
        new("windows.outcomes", "A window that ended has an attempt that ended so", OutcomesAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> GapsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keptFrom = await context.KeptFromAsync(RetentionPart.Runs, cancellationToken);
        await foreach (var (history, before, window) in PairsAsync(context.Db, cancellationToken))
        {
            if (window.StartUtc > before.EndUtc && window.StartUtc > keptFrom && history.IsDemanded(before.EndUtc, window.StartUtc))
            {
                yield return new StoreFault("RuleWindows", Words($"{window.RuleId}, {before.EndUtc:O}"), Words($"Nothing covers {before.EndUtc:O} to {window.StartUtc:O}, while the rule was enabled."), Plan);
            }
        }
    }

    private static async IAsyncEnumerable<StoreFault> DoublesAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, before, window) in PairsAsync(context.Db, cancellationToken))
        {
            if (window.StartUtc < before.EndUtc)
            {
                yield return new StoreFault("RuleWindows", Words($"{window.Id}"), Words($"Windows {before.Id} and {window.Id} both cover {window.StartUtc:O} to {before.EndUtc:O}."), "Look at both in the run history; close an alert of the second as a duplicate.");
            }
        }
    }

    private static async IAsyncEnumerable<StoreFault> EndsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keptFrom = await context.KeptFromAsync(RetentionPart.Runs, cancellationToken);
        var windows = context.Db.RuleWindows;
        var rules = context.Db.AnalyticsRules.Where(rule => rule.PlannedToUtc != null).Select(rule => new
        {
            rule.Id,
            rule.EvaluateFromUtc,
            rule.PlannedToUtc,
            HasFirst = rule.EvaluateFromUtc < keptFrom || windows.Any(window => window.RuleId == rule.Id && window.StartUtc <= rule.EvaluateFromUtc && window.EndUtc > rule.EvaluateFromUtc),
            HasLast = rule.PlannedToUtc < keptFrom || windows.Any(window => window.RuleId == rule.Id && window.EndUtc == rule.PlannedToUtc),
        }).Where(rule => !rule.HasFirst || !rule.HasLast);
        await foreach (var rule in rules.Streamed(cancellationToken))
        {
            if (!rule.HasFirst)
            {
                yield return new StoreFault("RuleWindows", Words($"{rule.Id}, {rule.EvaluateFromUtc:O}"), Words($"The rule was enabled at {rule.EvaluateFromUtc:O}, and no window covers that."), Plan);
            }

            if (!rule.HasLast)
            {
                yield return new StoreFault("RuleWindows", Words($"{rule.Id}, {rule.PlannedToUtc:O}"), Words($"The rule was planned to {rule.PlannedToUtc:O}, and no window ends there."), Plan);
            }
        }
    }

    private static async IAsyncEnumerable<StoreFault> LeasesAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.RuleWindows.Where(window => window.Status == WindowStatus.Running
                ? window.LeaseOwner == null || window.LeaseUntilUtc == null
                    || !context.Db.RuleAttempts.Any(attempt => attempt.WindowId == window.Id && attempt.Outcome == AttemptOutcome.Running && attempt.FencingToken == window.FencingToken)
                : window.LeaseOwner != null || window.LeaseUntilUtc != null)
            .Select(window => new { window.Id, window.Status });
        await foreach (var window in broken.Streamed(cancellationToken))
        {
            yield return window.Status is WindowStatus.Running
                ? new StoreFault("RuleWindows", Words($"{window.Id}"), Words($"Window {window.Id} is running without a lease or without an attempt under it."), "Restart the portal: on SQLite it takes such windows up again; on SQL Server set LeaseUntilUtc to now.")
                : new StoreFault("RuleWindows", Words($"{window.Id}"), Words($"Window {window.Id} is {window.Status} and has a lease."), "Set LeaseOwner and LeaseUntilUtc of the window to null.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> OutcomesAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var attempts = context.Db.RuleAttempts;
        var broken = context.Db.RuleWindows.Where(window =>
                (window.Status == WindowStatus.Succeeded && !attempts.Any(attempt => attempt.WindowId == window.Id
                    && (attempt.Outcome == AttemptOutcome.Alerted || attempt.Outcome == AttemptOutcome.BelowThreshold || attempt.Outcome == AttemptOutcome.AlreadyAlerted || attempt.Outcome == AttemptOutcome.Learning)))
                || (window.Status == WindowStatus.NoData && !attempts.Any(attempt => attempt.WindowId == window.Id && attempt.Outcome == AttemptOutcome.NoData))
                || (window.Status == WindowStatus.Suppressed && !attempts.Any(attempt => attempt.WindowId == window.Id && attempt.Outcome == AttemptOutcome.Suppressed))
                || (window.Status == WindowStatus.Held && !attempts.Any(attempt => attempt.WindowId == window.Id && attempt.Outcome == AttemptOutcome.Held)))
            .Select(window => new { window.Id, window.Status });
        await foreach (var window in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleWindows", Words($"{window.Id}"), Words($"Window {window.Id} is {window.Status}, and no attempt at it ended so."), "Run the window again from the rule's run history.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> HoldsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Remedy = "Disable the rule and enable it again: that ends the hold. Fill the time between with a backfill.";
        var db = context.Db;
        var rules = db.AnalyticsRules
            .Where(rule => rule.HeldWindowId != null
                && (!rule.Enabled || !db.RuleWindows.Any(window => window.Id == rule.HeldWindowId && window.RuleId == rule.Id && window.EndUtc == rule.HeldWindowEndUtc && window.Status == WindowStatus.Held)))
            .Select(rule => new { rule.Id, rule.HeldWindowId });
        await foreach (var rule in rules.Streamed(cancellationToken))
        {
            yield return new StoreFault("AnalyticsRules", Words($"{rule.Id}"), Words($"The rule is held by window {rule.HeldWindowId}, which does not hold it, or it is disabled."), Remedy);
        }

        var windows = db.RuleWindows
            .Where(window => window.Status == WindowStatus.Held && !db.AnalyticsRules.Any(rule => rule.Id == window.RuleId && rule.HeldWindowId == window.Id))
            .Select(window => new { window.Id });
        await foreach (var window in windows.Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleWindows", Words($"{window.Id}"), Words($"Window {window.Id} is held, and its rule is not held by it: nobody can decide of it."), "Set the window's Status to 0 (Due): it is evaluated again.");
        }
    }

    /// <summary>Each window with the one before it, rule by rule.</summary>
    private static async IAsyncEnumerable<(RuleHistory History, RuleWindow Before, RuleWindow Window)> PairsAsync(PortalDbContext db, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var rule in await db.AnalyticsRules.Select(rule => new { rule.Id, rule.EvaluateFromUtc, rule.Enabled }).BoundedBy("one row a rule, and there are at most RuleStore.MostRules").ToListAsync(cancellationToken))
        {
            var subject = RuleStore.Subject(rule.Id);
            string[] switches = [AuditActions.RuleCreate, AuditActions.RuleEnable, AuditActions.RuleDisable];
            var switched = await db.AuditEntries.Where(entry => entry.Subject == subject && switches.Contains(entry.Action)).OrderBy(entry => entry.Id).Select(entry => new { entry.AtUtc, entry.Action }).BoundedBy("times one rule was switched on or off").ToListAsync(cancellationToken);
            var history = new RuleHistory([.. switched.Select(entry => (entry.AtUtc, entry.Action != AuditActions.RuleDisable)), .. rule.Enabled ? [(rule.EvaluateFromUtc, true)] : Array.Empty<(DateTime, bool)>()]);
            RuleWindow? before = null;
            await foreach (var window in db.RuleWindows.Where(window => window.RuleId == rule.Id).OrderBy(window => window.EndUtc).Streamed(cancellationToken))
            {
                if (before is not null)
                {
                    yield return (history, before, window);
                }

                before = window;
            }
        }
    }
}

/// <summary>When a rule was switched on and off, as the audit trail has it.</summary>
internal sealed class RuleHistory(IEnumerable<(DateTime AtUtc, bool Enabled)> switches)
{
    private readonly List<(DateTime AtUtc, bool Enabled)> switches = [.. switches.OrderBy(each => each.AtUtc)];

    /// <summary>Whether windows had to cover a span: the rule was on at its beginning and was not switched within it.</summary>
    /// <remarks>A rule that was switched on again begins a new row of windows at that instant; time before the first switch that is known is nobody's.</remarks>
    public bool IsDemanded(DateTime fromUtc, DateTime toUtc) =>
        switches.FindLast(each => each.AtUtc <= fromUtc).Enabled && !switches.Exists(each => each.AtUtc > fromUtc && each.AtUtc <= toUtc);
}
