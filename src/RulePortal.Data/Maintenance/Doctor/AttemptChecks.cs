using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Rules;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>Attempts belong to their window and say what they did.</summary>
internal static class AttemptChecks
{
    private const string Restore = "Restore the last backup.";

    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("attempts.window", "An attempt has the rule and the end of its window and a version of the rule", WindowAsync),
        new("attempts.count", "A window has as many attempts as it counts", CountAsync),
        new("attempts.running", "An attempt that has not ended holds the lease of its window; every other has ended", RunningAsync),
        new("attempts.exclusions", "An attempt has as many exclusions as it counts, numbered without a gap, and each exclusion has its attempt", ExclusionsAsync),
        new("attempts.alerts", "An attempt has the occurrences of the alerts it raised", AlertsAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> WindowAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.RuleAttempts
            .Where(attempt => !context.Db.RuleWindows.Any(window => window.Id == attempt.WindowId && window.RuleId == attempt.RuleId && window.EndUtc == attempt.WindowEndUtc)
                || !context.Db.RuleVersions.Any(version => version.RuleId == attempt.RuleId && version.Number == attempt.RuleVersion))
            .Select(attempt => new { attempt.Id, attempt.WindowId });
        await foreach (var attempt in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleAttempts", Words($"{attempt.Id}"), Words($"Attempt {attempt.Id} at window {attempt.WindowId} does not have that window's rule and end, or its rule version is missing."), Restore);
        }
    }

    private static async IAsyncEnumerable<StoreFault> CountAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.RuleWindows
            .Select(window => new { window.Id, window.AttemptCount, Attempts = context.Db.RuleAttempts.Count(attempt => attempt.WindowId == window.Id) })
            .Where(window => window.AttemptCount != window.Attempts);
        await foreach (var window in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleWindows", Words($"{window.Id}"), Words($"Window {window.Id} counts {window.AttemptCount} attempts and has {window.Attempts}."), Restore);
        }
    }

    private static async IAsyncEnumerable<StoreFault> RunningAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.RuleAttempts
            .Where(attempt => attempt.Outcome == AttemptOutcome.Running
                ? attempt.EndedUtc != null || !context.Db.RuleWindows.Any(window => window.Id == attempt.WindowId && window.Status == WindowStatus.Running && window.FencingToken == attempt.FencingToken)
                : attempt.EndedUtc == null)
            .Select(attempt => new { attempt.Id, attempt.Outcome });
        await foreach (var attempt in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault(
                "RuleAttempts",
                Words($"{attempt.Id}"),
                attempt.Outcome is AttemptOutcome.Running ? Words($"Attempt {attempt.Id} is said to run, and does not hold the lease of its window.") : Words($"Attempt {attempt.Id} ended as {attempt.Outcome} at no time."),
                "Set Outcome to 9 (LeaseLost) and EndedUtc to StartedUtc; the window itself is evaluated whatever the attempt says.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> ExclusionsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var exclusions = context.Db.AttemptExclusions;
        var broken = context.Db.RuleAttempts
            .Select(attempt => new
            {
                attempt.Id,
                attempt.ExclusionCount,
                Found = exclusions.Count(exclusion => exclusion.AttemptId == attempt.Id),
                Last = exclusions.Where(exclusion => exclusion.AttemptId == attempt.Id).Max(exclusion => (int?)exclusion.Ordinal) ?? -1,
            })
            .Where(attempt => attempt.Found != attempt.ExclusionCount || attempt.Last != attempt.Found - 1);
        await foreach (var attempt in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("AttemptExclusions", Words($"attempt {attempt.Id}"), Words($"Attempt {attempt.Id} counts {attempt.ExclusionCount} exclusions and has {attempt.Found}, the last numbered {attempt.Last}."), Restore);
        }

        var strays = exclusions.Where(exclusion => !context.Db.RuleAttempts.Any(attempt => attempt.Id == exclusion.AttemptId)).Select(exclusion => new { exclusion.AttemptId, exclusion.Ordinal });
        await foreach (var stray in strays.Streamed(cancellationToken))
        {
            yield return new StoreFault("AttemptExclusions", Words($"{stray.AttemptId}, {stray.Ordinal}"), Words($"Exclusion {stray.Ordinal} belongs to attempt {stray.AttemptId}, which is not there."), "Delete the row: nothing is evaluated with it.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> AlertsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keptFrom = await context.KeptFromAsync(RetentionPart.Alerts, cancellationToken);
        var broken = context.Db.RuleAttempts
            .Where(attempt => attempt.AlertCount > 0 && attempt.WindowEndUtc >= keptFrom)
            .Select(attempt => new
            {
                attempt.Id,
                attempt.AlertCount,
                Found = context.Db.Occurrences.Count(occurrence => occurrence.RuleId == attempt.RuleId && occurrence.WindowEndUtc == attempt.WindowEndUtc && occurrence.AttemptId == attempt.Id),
            })
            .Where(attempt => attempt.Found < attempt.AlertCount);
        await foreach (var attempt in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleAttempts", Words($"{attempt.Id}"), Words($"Attempt {attempt.Id} raised {attempt.AlertCount} alerts, and {attempt.Found} occurrences of it are there."), "Run the window again from the rule's run history: what is not alerted yet is then raised.");
        }
    }
}
