using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RulePortal.Data.Connections;

/// <summary>Opens consistent reads of the stored connections.</summary>
public sealed class ConnectionSnapshots(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, TermCache terms)
{
    /// <summary>Opens a read of everything stored.</summary>
    public Task<ConnectionSnapshot> OpenAsync(CancellationToken cancellationToken) => OpenAsync(maxBatchSeq: null, cancellationToken);

    /// <summary>Opens a read of the batches up to one, as a replay of an earlier read needs it.</summary>
    /// <param name="maxBatchSeq">The last batch seen; null for all that are stored.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<ConnectionSnapshot> OpenAsync(long? maxBatchSeq, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var transaction = await dialect.BeginReadAsync(db, cancellationToken);
            var stored = await db.ConnectionBatches.MaxAsync(batch => (long?)batch.Seq, cancellationToken) ?? 0;
            return new ConnectionSnapshot(db, transaction, terms, Math.Min(stored, maxBatchSeq ?? stored));
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
