using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Connections;

/// <summary>Reads batches and the rows they were rejected for.</summary>
public sealed class BatchQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>A page of the batches, newest first.</summary>
    public async Task<BatchPage> ListAsync(int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var total = await db.ConnectionBatches.CountAsync(cancellationToken);
        var items = await db.ConnectionBatches.AsNoTracking().OrderByDescending(batch => batch.Seq).Skip(skip).Take(take).ToListAsync(cancellationToken);
        return new BatchPage(items, total);
    }

    /// <summary>One batch, or null.</summary>
    public async Task<ConnectionBatch?> FindAsync(long seq, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ConnectionBatches.AsNoTracking().SingleOrDefaultAsync(batch => batch.Seq == seq, cancellationToken);
    }

    /// <summary>A page of a batch's rejected rows.</summary>
    public async Task<RejectedPage> RejectedAsync(long seq, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = await db.RejectedRows.CountAsync(row => row.BatchSeq == seq, cancellationToken);
        var items = await db.RejectedRows.AsNoTracking()
            .Where(row => row.BatchSeq == seq)
            .OrderBy(row => row.RowNumber)
            .Skip(skip)
            .Take(take)
            .ToListAsync(cancellationToken);
        return new RejectedPage(items, kept);
    }

    /// <summary>All of a batch's rejected rows that are kept, one at a time, in the order of the file.</summary>
    public async IAsyncEnumerable<RejectedRow> AllRejectedAsync(long seq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var row in db.RejectedRows.AsNoTracking().Where(row => row.BatchSeq == seq).OrderBy(row => row.RowNumber).Streamed(cancellationToken))
        {
            yield return row;
        }
    }
}

/// <summary>Some of the batches.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Total">How many there are.</param>
public sealed record BatchPage(IReadOnlyList<ConnectionBatch> Items, int Total);

/// <summary>Some of a batch's rejected rows.</summary>
/// <param name="Items">In the order of the file.</param>
/// <param name="Kept">How many are kept.</param>
public sealed record RejectedPage(IReadOnlyList<RejectedRow> Items, int Kept);
