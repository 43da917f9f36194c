using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Rules;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>The guard against doubles, and the evidence behind it.</summary>
internal static class OccurrenceChecks
{
    private const int Most = Occurrence.MaxEvidenceRows;

    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("occurrences.doubles", "Nothing is found twice: rule, window and group key are unique", DoublesAsync),
        new("occurrences.alert", "An occurrence has an alert of its rule, and a version of it", AlertAsync),
        new("occurrences.window", "An occurrence has its window and its attempt, unless retention let them go", WindowAsync),
        new("occurrences.extensions", "What was added to an occurrence has the occurrence, a version and its attempt, unless retention let that go, and no more rows than the occurrence", ExtensionsAsync),
        new("occurrences.evidence", "An occurrence keeps the evidence it says, numbered without a gap", EvidenceAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> DoublesAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var doubles = context.Db.Occurrences
            .GroupBy(occurrence => new { occurrence.RuleId, occurrence.WindowEndUtc, occurrence.GroupKey })
            .Select(each => new { each.Key.RuleId, each.Key.WindowEndUtc, each.Key.GroupKey, Count = each.Count() })
            .Where(each => each.Count > 1);
        await foreach (var each in doubles.Streamed(cancellationToken))
        {
            yield return new StoreFault("Occurrences", Words($"{each.RuleId}, {each.WindowEndUtc:O}, {each.GroupKey}"), Words($"The same finding of the window to {each.WindowEndUtc:O} is there {each.Count} times."), "Close all alerts but the first as duplicates, and make the unique index of Occurrences again.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> AlertAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.Occurrences
            .Where(occurrence => !context.Db.Alerts.Any(alert => alert.Id == occurrence.AlertId && alert.RuleId == occurrence.RuleId)
                || !context.Db.RuleVersions.Any(version => version.RuleId == occurrence.RuleId && version.Number == occurrence.RuleVersion))
            .Select(occurrence => new { occurrence.Id, occurrence.AlertId });
        await foreach (var occurrence in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("Occurrences", Words($"{occurrence.Id}"), Words($"Occurrence {occurrence.Id} has no alert {occurrence.AlertId} of its rule, or its rule version is missing."), "Restore the last backup.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> WindowAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keptFrom = await context.KeptFromAsync(RetentionPart.Runs, cancellationToken);
        var broken = context.Db.Occurrences
            .Where(occurrence => occurrence.WindowEndUtc >= keptFrom
                && (!context.Db.RuleWindows.Any(window => window.RuleId == occurrence.RuleId && window.EndUtc == occurrence.WindowEndUtc)
                    || !context.Db.RuleAttempts.Any(attempt => attempt.Id == occurrence.AttemptId && attempt.RuleId == occurrence.RuleId && attempt.WindowEndUtc == occurrence.WindowEndUtc)))
            .Select(occurrence => new { occurrence.Id, occurrence.WindowEndUtc });
        await foreach (var occurrence in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("Occurrences", Words($"{occurrence.Id}"), Words($"The window to {occurrence.WindowEndUtc:O} of occurrence {occurrence.Id}, or the attempt that found it, is missing."), "Restore the last backup.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> ExtensionsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keptFrom = await context.KeptFromAsync(RetentionPart.Runs, cancellationToken);
        var broken = context.Db.OccurrenceExtensions
            .Where(extension => !context.Db.Occurrences.Any(occurrence => occurrence.Id == extension.OccurrenceId
                && extension.FirstOrdinal <= occurrence.TotalRows - extension.Rows
                && context.Db.RuleVersions.Any(version => version.RuleId == occurrence.RuleId && version.Number == extension.RuleVersion)
                && (occurrence.WindowEndUtc < keptFrom || context.Db.RuleAttempts.Any(attempt => attempt.Id == extension.AttemptId && attempt.RuleId == occurrence.RuleId && attempt.WindowEndUtc == occurrence.WindowEndUtc))))
            .Select(extension => new { extension.Id, extension.OccurrenceId });
        await foreach (var extension in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("OccurrenceExtensions", Words($"{extension.Id}"), Words($"What was added to occurrence {extension.OccurrenceId} lacks the occurrence, its rule version or its attempt, or has more rows than it."), "Restore the last backup.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> EvidenceAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.Occurrences
            .Select(occurrence => new
            {
                occurrence.Id,
                Said = occurrence.TotalRows > Most ? Most : occurrence.TotalRows,
                Kept = context.Db.EvidenceRows.Count(row => row.OccurrenceId == occurrence.Id),
                Last = context.Db.EvidenceRows.Where(row => row.OccurrenceId == occurrence.Id).Max(row => (int?)row.Ordinal) ?? -1,
            })
            .Where(occurrence => occurrence.Kept != occurrence.Said || occurrence.Last != occurrence.Kept - 1);
        await foreach (var occurrence in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("EvidenceRows", Words($"occurrence {occurrence.Id}"), Words($"Occurrence {occurrence.Id} should keep {occurrence.Said} rows and keeps {occurrence.Kept}, the last numbered {occurrence.Last}."), "Restore the last backup.");
        }
    }
}
