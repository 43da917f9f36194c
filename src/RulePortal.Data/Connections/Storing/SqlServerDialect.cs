using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RulePortal.Data.Connections.Storing;

/// <summary>SQL Server: SqlBulkCopy block by block, in a transaction that holds an application lock.</summary>
internal sealed class SqlServerDialect : ConnectionDialect
{
    internal override async Task<IDbContextTransaction> BeginBatchAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(6));
            await db.Database.ExecuteSqlRawAsync(SqlServerSql.LockBatches, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <remarks>Rows up to a batch never change, so filtering by the sequence makes reads agree; only a withdrawal in the middle of one shows.</remarks>
    internal override Task<IDbContextTransaction> BeginReadAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.Database.BeginTransactionAsync(cancellationToken);

    internal override async Task<IReadOnlyDictionary<byte[], int>> WriteAsync(PortalDbContext db, long batchSeq, SpoolReader spool, TermCache terms, CancellationToken cancellationToken)
    {
        var connection = (SqlConnection)db.Database.GetDbConnection();
        var transaction = (SqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        using var writer = new SqlServerBatchWriter(connection, transaction, terms);
        await writer.WriteAsync(batchSeq, spool, cancellationToken);
        return writer.Found;
    }
}
