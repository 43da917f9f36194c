using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

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
}

/// <summary>SQLite: a transaction that takes the write lock at once, and snapshots for readers.</summary>
internal sealed class SqliteDialect : ConnectionDialect
{
    private const int BusyAttempts = 10;

    internal override bool IsEmbedded => true;

    internal override async Task<IDbContextTransaction> BeginBatchAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        // Each attempt waits for the lock as long as the connection's timeout says (30 s unless set): another process may be storing a large batch.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.Database.BeginTransactionAsync(cancellationToken);
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is raw.SQLITE_BUSY && attempt < BusyAttempts)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    internal override async Task<IDbContextTransaction> BeginReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        db.IsOneRead = true;
        await db.Database.OpenConnectionAsync(cancellationToken);
        var snapshot = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await db.Database.UseTransactionAsync(snapshot, cancellationToken))!;
    }
}

/// <summary>SQL Server: a transaction that holds an application lock, and snapshot isolation for readers.</summary>
internal sealed class SqlServerDialect : ConnectionDialect
{
    private const string LockBatches = """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = N'RulePortal.ConnectionBatches', @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 300000;
        IF @result < 0 THROW 50001, N'Another batch of connections is being stored, and did not end within 5 minutes.', 1;
        """;

    internal override async Task<IDbContextTransaction> BeginBatchAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(6));
            await db.Database.ExecuteSqlRawAsync(LockBatches, cancellationToken);
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
}
