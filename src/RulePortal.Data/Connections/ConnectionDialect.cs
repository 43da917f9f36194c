using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Data.Connections.Storing;

namespace RulePortal.Data.Connections;

/// <summary>What the two databases do differently with connections.</summary>
public abstract class ConnectionDialect
{
    private protected ConnectionDialect()
    {
    }

    /// <summary>That of SQLite.</summary>
    public static ConnectionDialect Sqlite { get; } = new SqliteDialect();

    /// <summary>That of SQL Server.</summary>
    public static ConnectionDialect SqlServer { get; } = new SqlServerDialect();

    /// <summary>Whether the database is a file of the portal's own, whose reads are snapshots.</summary>
    internal virtual bool IsEmbedded => false;

    /// <summary>Begins a transaction that no other batch runs beside, so that sequences are in commit order.</summary>
    internal abstract Task<IDbContextTransaction> BeginBatchAsync(PortalDbContext db, CancellationToken cancellationToken);

    /// <summary>Begins a transaction whose reads agree with each other.</summary>
    internal abstract Task<IDbContextTransaction> BeginReadAsync(PortalDbContext db, CancellationToken cancellationToken);

    /// <summary>Writes the rows of a batch with the terms and the totals that belong to them.</summary>
    /// <param name="db">The context, in a transaction of <see cref="BeginBatchAsync"/>.</param>
    /// <param name="batchSeq">The batch's sequence.</param>
    /// <param name="spool">The rows; rejected ones are passed over.</param>
    /// <param name="terms">Ids known before.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>Ids that were looked up or made, to be remembered once they are committed.</returns>
    internal abstract Task<IReadOnlyDictionary<byte[], int>> WriteAsync(PortalDbContext db, long batchSeq, SpoolReader spool, TermCache terms, CancellationToken cancellationToken);
}
