using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>What came too late: marks of windows whose rows came or went after they were evaluated, and spans of windows that were missed.</summary>
internal static class LateChecks
{
    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("windows.late", "A window that is marked names the batch that came late or was withdrawn, and says what would change once that was looked at", MarksAsync),
        new("windows.read", "A window says from when it was read, and up to which batch, or neither", ReadAsync),
        new("gaps.windows", "A span of missed windows has windows of its rule", GapsAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> MarksAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batches = context.Db.ConnectionBatches;
        var broken = context.Db.RuleWindows.Where(window =>
            (window.LateVerdict == null) != (window.LateBatchSeq == null && window.WithdrawnBatchSeq == null)
            || (window.LateSentence != null) != (window.LateVerdict != null && window.LateVerdict != LateVerdict.Pending)
            || (window.LateBatchSeq != null && !batches.Any(batch => batch.Seq == window.LateBatchSeq))
            || (window.WithdrawnBatchSeq != null && !batches.Any(batch => batch.Seq == window.WithdrawnBatchSeq && batch.WithdrawnUtc != null)));
        await foreach (var window in broken.Select(window => new { window.Id, window.LateVerdict, window.LateBatchSeq, window.WithdrawnBatchSeq }).Streamed(cancellationToken))
        {
            yield return new StoreFault(
                "RuleWindows",
                Words($"{window.Id}"),
                Words($"Its mark for late data is '{window.LateVerdict}', of batch {window.LateBatchSeq} and withdrawn batch {window.WithdrawnBatchSeq}, which do not go together or are not there."),
                "Evaluate the window again, which takes the mark off.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> ReadAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.RuleWindows.Where(window =>
            (window.ReadFromUtc == null) != (window.SeenBatchSeq == null) || (window.ReadFromUtc == null) != (window.LookbackFromUtc == null) || window.LookbackFromUtc > window.ReadFromUtc);
        await foreach (var id in broken.Select(window => window.Id).Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleWindows", Words($"{id}"), "What its last evaluation read is noted in part only, so late rows may not mark it.", "Evaluate the window again.");
        }
    }

    private static async IAsyncEnumerable<StoreFault> GapsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keptFrom = await context.KeptFromAsync(RetentionPart.Runs, cancellationToken);
        var windows = context.Db.RuleWindows;
        var broken = context.Db.RuleGaps.Where(gap =>
            gap.EndUtc >= keptFrom && !windows.Any(window => window.RuleId == gap.RuleId && window.EndUtc > gap.StartUtc && window.EndUtc <= gap.EndUtc));
        await foreach (var gap in broken.Select(gap => new { gap.Id, gap.RuleId, gap.StartUtc, gap.EndUtc }).Streamed(cancellationToken))
        {
            yield return new StoreFault("RuleGaps", Words($"{gap.Id}"), Words($"Rule {gap.RuleId} has no window between {gap.StartUtc:O} and {gap.EndUtc:O}, which it is said to have missed."), "Backfill the span.");
        }
    }
}
