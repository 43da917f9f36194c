using System.Data;
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

    /// <remarks>Needs ALLOW_SNAPSHOT_ISOLATION, which a migration turns on.</remarks>
    internal override Task<IDbContextTransaction> BeginReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        db.IsOneRead = true;
        return db.Database.BeginTransactionAsync(IsolationLevel.Snapshot, cancellationToken);
    }

    internal override async Task<IReadOnlyDictionary<byte[], int>> WriteAsync(PortalDbContext db, long batchSeq, SpoolReader spool, TermCache terms, CancellationToken cancellationToken)
    {
        var connection = (SqlConnection)db.Database.GetDbConnection();
        var transaction = (SqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        using var writer = new SqlServerBatchWriter(connection, transaction, terms);
        await writer.WriteAsync(batchSeq, spool, cancellationToken);
        return writer.Found;
    }
}
