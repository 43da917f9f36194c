using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Connections;

/// <summary>Reads batches and the rows they were rejected for.</summary>
public sealed class BatchQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>A page of the batches, newest first.</summary>
    public async Task<BatchPage> ListAsync(int skip, int take, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        int total = await db.ConnectionBatches.CountAsync(cancellationToken);
        List<ConnectionBatch> items = await db.ConnectionBatches.AsNoTracking().OrderByDescending(batch => batch.Seq).Skip(skip).Take(take).ToListAsync(cancellationToken);
        return new BatchPage(items, total);
    }

    /// <summary>One batch, or null.</summary>
    public async Task<ConnectionBatch?> FindAsync(long seq, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ConnectionBatches.AsNoTracking().SingleOrDefaultAsync(batch => batch.Seq == seq, cancellationToken);
    }

    /// <summary>A page of a batch's rejected rows.</summary>
    public async Task<RejectedPage> RejectedAsync(long seq, int skip, int take, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        int kept = await db.RejectedRows.CountAsync(row => row.BatchSeq == seq, cancellationToken);
        List<RejectedRow> items = await db.RejectedRows.AsNoTracking()
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
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (RejectedRow row in db.RejectedRows.AsNoTracking().Where(row => row.BatchSeq == seq).OrderBy(row => row.RowNumber).Streamed(cancellationToken))
        {
            yield return row;
        }
    }
}
