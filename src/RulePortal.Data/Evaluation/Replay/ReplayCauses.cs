using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>What has gone of the rows that an evaluation read.</summary>
/// <param name="db">The store.</param>
/// <param name="found">What the evaluation found.</param>
/// <param name="window">Its window.</param>
/// <param name="lookbackFromUtc">Where the history begins that it compared with. UTC.</param>
/// <param name="isEvidenceOther">Whether evidence differs, such as when something was first seen, for which rows of any age were read.</param>
internal sealed class ReplayCauses(PortalDbContext db, FoundByAttempt found, TimeRange window, DateTime lookbackFromUtc, bool isEvidenceOther)
{
    private const int MostBatches = 20;

    /// <summary>An attempt whose own record is gone may have begun this long before it was written.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromHours(1);

    /// <summary>The causes, or that there are none, which leaves the code.</summary>
    public async Task<IReadOnlyList<ReplayCause>> FindAsync(CancellationToken cancellationToken)
    {
        List<ReplayCause> causes = [.. await RetentionAsync(cancellationToken), .. await WithdrawalsAsync(cancellationToken)];
        return causes.Count > 0 ? causes
            : [new ReplayCause(ReplayCauseKind.DetectorCode, "No row that this evaluation read was withdrawn or removed by retention, so the same rows with the same settings give another answer: the detector's code has changed since.")];
    }

    private IQueryable<ConnectionBatch> Read() => db.ConnectionBatches.AsNoTracking()
        .Where(batch => batch.Seq <= found.MaxBatchSeq && batch.OldestUtc < window.EndUtc && (isEvidenceOther || batch.NewestUtc >= lookbackFromUtc));

    private async Task<IReadOnlyList<ReplayCause>> RetentionAsync(CancellationToken cancellationToken)
    {
        var part = nameof(RetentionPart.Connections);
        var mark = await db.RetentionMarks.AsNoTracking().SingleOrDefaultAsync(each => each.Part == part, cancellationToken);
        if (mark is null || mark.KeptFromUtc <= lookbackFromUtc)
        {
            return [];
        }

        var batches = await Read().CountAsync(batch => batch.WithdrawnUtc == null && batch.RemovedRows > 0 && batch.OldestUtc < mark.KeptFromUtc, cancellationToken);
        return batches == 0 ? []
            : [new ReplayCause(ReplayCauseKind.Retention, $"Retention has removed connections that were generated before {Words.Instant(mark.KeptFromUtc)}, and this evaluation looked back to {Words.Instant(lookbackFromUtc)}: {(batches == 1 ? "1 batch that it read has" : $"{Words.Number(batches)} batches that it read have")} lost rows, {Where(mark.KeptFromUtc.AddTicks(-1))}.")];
    }

    private async Task<IReadOnlyList<ReplayCause>> WithdrawalsAsync(CancellationToken cancellationToken)
    {
        var since = found.Attempt?.StartedUtc ?? found.FoundUtc - LongestAttempt;
        var batches = await Read().Where(batch => batch.WithdrawnUtc >= since).OrderBy(batch => batch.Seq).Take(MostBatches).ToListAsync(cancellationToken);
        return
        [
            .. batches.Select(batch => new ReplayCause(
                ReplayCauseKind.WithdrawnBatch,
                $"Batch {batch.Seq} ({Words.Count(batch.RowCount, "row")} of {Words.Instant(batch.OldestUtc!.Value)} to {Words.Instant(batch.NewestUtc!.Value)}), which this evaluation read, was withdrawn on {Words.Instant(batch.WithdrawnUtc!.Value)} by {batch.WithdrawnBy}: its rows are gone, {Where(batch.NewestUtc.Value)}.",
                batch.Seq)),
        ];
    }

    private string Where(DateTime newestGoneUtc) => newestGoneUtc >= window.StartUtc ? "some perhaps of the window itself"
        : newestGoneUtc >= lookbackFromUtc ? "all of them of the history before the window"
        : "all of them older than the lookback, where only the first sight of a tuple is looked for";
}

/// <summary>One reason for the differences of a replay.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Sentence">The same in words, with its numbers.</param>
/// <param name="BatchSeq">The batch that was withdrawn, or null.</param>
public sealed record ReplayCause(ReplayCauseKind Kind, string Sentence, long? BatchSeq = null);

/// <summary>Why a replay can differ.</summary>
public enum ReplayCauseKind
{
    /// <summary>Retention let rows go that the evaluation read.</summary>
    Retention = 0,

    /// <summary>A batch that the evaluation read was withdrawn.</summary>
    WithdrawnBatch = 1,

    /// <summary>Nothing that the evaluation read has gone: the code gives another answer.</summary>
    DetectorCode = 2,
}

/// <summary>What an attempt wrote of itself.</summary>
/// <param name="StartedUtc">When it began. UTC.</param>
/// <param name="ResultCount">Result rows it found.</param>
/// <param name="BaselineDays">Days of the lookback that had rows.</param>
internal sealed record AttemptRecord(DateTime StartedUtc, int? ResultCount, int? BaselineDays);
