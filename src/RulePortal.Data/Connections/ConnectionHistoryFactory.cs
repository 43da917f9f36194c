using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Data.Connections.Storing;

namespace RulePortal.Data.Connections;

/// <summary>Opens consistent reads of the stored connections.</summary>
public sealed class ConnectionHistoryFactory
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly ConnectionDialect _dialect;
    private readonly TermCache _terms;

    /// <summary>Makes it.</summary>
    public ConnectionHistoryFactory(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, TermCache terms)
    {
        _contexts = contexts;
        _dialect = dialect;
        _terms = terms;
    }

    /// <summary>Opens a read of everything stored.</summary>
    public Task<SqlConnectionHistory> OpenAsync(CancellationToken cancellationToken) => OpenAsync(null, cancellationToken);

    /// <summary>Opens a read of the batches up to one, as a replay of an earlier read needs it.</summary>
    /// <param name="maxBatchSeq">The last batch seen; null for all that are stored.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<SqlConnectionHistory> OpenAsync(long? maxBatchSeq, CancellationToken cancellationToken)
    {
        PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            IDbContextTransaction transaction = await _dialect.BeginReadAsync(db, cancellationToken);
            long stored = await db.ConnectionBatches.MaxAsync(batch => (long?)batch.Seq, cancellationToken) ?? 0;
            return new SqlConnectionHistory(db, transaction, _terms, Math.Min(stored, maxBatchSeq ?? stored));
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
