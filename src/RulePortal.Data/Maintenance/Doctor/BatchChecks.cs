using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Spooling;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>Batches are whole or not there.</summary>
internal static class BatchChecks
{
    /// <summary>Rejected rows a batch keeps at most.</summary>
    private const int KeptRejectedRows = Intake.Spooling.BatchSpooler.KeptBadRows;

    private const int BatchesAtOnce = 10_000;

    private const string Again = "Withdraw the batch and import its content again.";

    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("batches.sequence", "Batches are numbered from 1 without a gap", SequenceAsync),
        new("batches.rows", "A batch has the rows it says, numbered without a gap, less what retention let go", RowsAsync),
        new("batches.times", "The oldest and newest row of a batch are those it says", TimesAsync),
        new("batches.strays", "No row belongs to an unknown or a withdrawn batch", StraysAsync),
        new("batches.rejected", "A batch keeps the rejected rows it says", RejectedAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> SequenceAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long before = 0;
        await foreach (var seq in context.Db.ConnectionBatches.OrderBy(batch => batch.Seq).Select(batch => batch.Seq).Streamed(cancellationToken))
        {
            if (seq != before + 1)
            {
                yield return new StoreFault("ConnectionBatches", Words($"{before + 1}"), Words($"Batch {before + 1} is missing, batch {seq} is there."), "Restore the last backup; a batch's row is never removed, not by withdrawal either.");
            }

            before = seq;
        }
    }

    private static async IAsyncEnumerable<StoreFault> RowsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (batch, rows) in WalkAsync(context.Db, cancellationToken))
        {
            if (rows.Count != batch.RowCount - batch.RemovedRows)
            {
                yield return new StoreFault("ConnectionBatches", Words($"{batch.Seq}"), Words($"Batch {batch.Seq} says {batch.RowCount} rows, {batch.RemovedRows} of them let go, and has {rows.Count}."), Again);
            }
            else if (rows.LastId - ConnectionRowId.FirstOf(batch.Seq) >= batch.RowCount)
            {
                yield return new StoreFault("Connections", Words($"{rows.LastId}"), Words($"Row numbers of batch {batch.Seq} go to {rows.LastId - ConnectionRowId.FirstOf(batch.Seq)}, beyond its {batch.RowCount} rows."), Again);
            }
        }
    }

    private static async IAsyncEnumerable<StoreFault> TimesAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keptFrom = await context.KeptFromAsync(RetentionPart.Connections, cancellationToken);
        await foreach (var (batch, rows) in WalkAsync(context.Db, cancellationToken))
        {
            var agrees = batch.RemovedRows == 0
                ? rows.Oldest == batch.OldestUtc && rows.Newest == batch.NewestUtc
                : rows.Count == 0 ? batch.NewestUtc < keptFrom : rows.Oldest >= batch.OldestUtc && (rows.Newest == batch.NewestUtc || batch.NewestUtc < keptFrom);
            if (!agrees)
            {
                yield return new StoreFault("ConnectionBatches", Words($"{batch.Seq}"), Words($"Batch {batch.Seq} says {batch.OldestUtc:O} to {batch.NewestUtc:O}, its rows {rows.Oldest:O} to {rows.Newest:O}."), Again);
            }
        }
    }

    private static async IAsyncEnumerable<StoreFault> StraysAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const long Size = ConnectionRowId.Size;
        var before = -1L;
        // Only the spaces between the batches that have rows are looked at, and one seek each tells whether they are empty.
        while (await context.Db.ConnectionBatches.Where(batch => batch.WithdrawnUtc == null && batch.Seq > before).OrderBy(batch => batch.Seq).Select(batch => batch.Seq).Take(BatchesAtOnce).ToListAsync(cancellationToken) is { Count: > 0 } some && some[^1] > before)
        {
            foreach (var seq in some)
            {
                if (seq != before + 1 && await StrayAsync(context.Db, (before + 1) * Size, seq * Size, cancellationToken) is { } stray)
                {
                    yield return stray;
                }

                before = seq;
            }
        }

        if (await StrayAsync(context.Db, (before + 1) * Size, long.MaxValue, cancellationToken) is { } last)
        {
            yield return last;
        }
    }

    private static async Task<StoreFault?> StrayAsync(PortalDbContext db, long from, long to, CancellationToken cancellationToken)
    {
        var rows = db.Connections.Where(row => row.Id >= from && row.Id < to);
        return await rows.OrderBy(row => row.Id).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancellationToken) is { } id
            ? new StoreFault(
                "Connections",
                Words($"{id}"),
                Words($"Row {id} belongs to batch {ConnectionRowId.BatchSeqOf(id)}, which is unknown or withdrawn; {await rows.CountAsync(cancellationToken)} rows there are so."),
                "Restore the last backup, or remove these rows by hand.")
            : null;
    }

    private static async IAsyncEnumerable<StoreFault> RejectedAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keptFrom = await context.KeptFromAsync(RetentionPart.RejectedRows, cancellationToken);
        var batches = context.Db.ConnectionBatches.Select(batch => new
        {
            batch.Seq,
            Said = batch.WithdrawnUtc != null ? 0 : batch.RejectedCount > KeptRejectedRows ? KeptRejectedRows : batch.RejectedCount,
            batch.ReceivedUtc,
            Kept = context.Db.RejectedRows.Count(row => row.BatchSeq == batch.Seq),
        }).Where(batch => batch.Kept != batch.Said && (batch.ReceivedUtc >= keptFrom || batch.Kept > batch.Said));
        await foreach (var batch in batches.OrderBy(batch => batch.Seq).Streamed(cancellationToken))
        {
            yield return new StoreFault("RejectedRows", Words($"batch {batch.Seq}"), Words($"Batch {batch.Seq} should keep {batch.Said} rejected rows and keeps {batch.Kept}."), Again);
        }
    }

    private static async IAsyncEnumerable<(ConnectionBatch Batch, RowsOfABatch Rows)> WalkAsync(PortalDbContext db, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seq = 0L;
        while (await db.ConnectionBatches.Where(batch => batch.Seq > seq && batch.WithdrawnUtc == null).OrderBy(batch => batch.Seq).FirstOrDefaultAsync(cancellationToken) is { } batch && batch.Seq > seq)
        {
            seq = batch.Seq;
            var (first, end) = (ConnectionRowId.FirstOf(seq), ConnectionRowId.EndOf(seq));
            var found = (await db.Connections
                .Where(row => row.Id >= first && row.Id < end)
                .GroupBy(_ => 1)
                .Select(rows => new { Count = rows.Count(), Last = rows.Max(row => row.Id), Oldest = rows.Min(row => row.TimeGenerated), Newest = rows.Max(row => row.TimeGenerated) })
                .BoundedBy("one group")
                .ToListAsync(cancellationToken)).SingleOrDefault();
            yield return (batch, found is null ? new RowsOfABatch(0, first - 1, null, null) : new RowsOfABatch(found.Count, found.Last, Utc(found.Oldest), Utc(found.Newest)));
        }
    }

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);

    private sealed record RowsOfABatch(int Count, long LastId, DateTime? Oldest, DateTime? Newest);
}
