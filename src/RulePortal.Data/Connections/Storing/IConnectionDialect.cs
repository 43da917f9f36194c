using Microsoft.EntityFrameworkCore.Storage;

namespace RulePortal.Data.Connections.Storing;

/// <summary>What the two databases do differently with connections.</summary>
internal interface IConnectionDialect
{
    /// <summary>Begins a transaction that no other batch runs beside, so that sequences are in commit order.</summary>
    Task<IDbContextTransaction> BeginBatchAsync(PortalDbContext db, CancellationToken cancellationToken);

    /// <summary>Begins a transaction whose reads agree with each other.</summary>
    Task<IDbContextTransaction> BeginReadAsync(PortalDbContext db, CancellationToken cancellationToken);

    /// <summary>Writes the rows of a batch with the terms and the totals that belong to them.</summary>
    /// <param name="db">The context, in a transaction of <see cref="BeginBatchAsync"/>.</param>
    /// <param name="batchSeq">The batch's sequence.</param>
    /// <param name="spool">The rows; rejected ones are passed over.</param>
    /// <param name="terms">Ids known before.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>Ids that were looked up or made, to be remembered once they are committed.</returns>
    Task<IReadOnlyDictionary<byte[], int>> WriteAsync(PortalDbContext db, long batchSeq, SpoolReader spool, TermCache terms, CancellationToken cancellationToken);
}
