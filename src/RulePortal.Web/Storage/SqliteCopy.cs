using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;

namespace RulePortal.Web.Storage;

/// <summary>A copy of a SQLite store, in a file that nobody else has.</summary>
internal sealed class SqliteCopy(string file) : IDbContextFactory<PortalDbContext>
{
    private static readonly string[] Companions = ["-wal", "-shm"];

    public PortalDbContext CreateDbContext() => new(new DbContextOptionsBuilder<PortalDbContext>()
        .UseSqlite(Text(file), o => o.MigrationsAssembly("RulePortal.Migrations.Sqlite"))
        .AddInterceptors(SqliteConnectionSetup.Instance)
        .Options);

    /// <summary>Copies what is committed now; writers go on meanwhile, since readers of a write-ahead log do not hold them up.</summary>
    public static async Task MakeAsync(string source, string file, CancellationToken cancellationToken)
    {
        await using var from = new SqliteConnection(source);
        await from.OpenAsync(cancellationToken);
        await using var to = new SqliteConnection(Text(file));
        await to.OpenAsync(cancellationToken);
        await Task.Run(() => from.BackupDatabase(to), cancellationToken);
        // One file, without a log beside it.
        await RunAsync(to, "PRAGMA journal_mode = DELETE", cancellationToken);
    }

    /// <summary>Keeps the old store under another name, then puts the new one in its place in one step: whenever this is killed, one of them stands there whole.</summary>
    public static async Task<string?> ReplaceAsync(string store, string file, string suffix, CancellationToken cancellationToken)
    {
        // A pooled connection would go on with the file it opened, whatever stands there by now.
        SqliteConnection.ClearAllPools();
        await using (var ready = new SqliteConnection(Text(file)))
        {
            await ready.OpenAsync(cancellationToken);
            await RunAsync(ready, "PRAGMA journal_mode = DELETE", cancellationToken);
        }

        var aside = File.Exists(store) ? store + suffix : null;
        if (aside is not null)
        {
            await EmptyLogAsync(store, cancellationToken);
            File.Copy(store, aside, overwrite: false);
            foreach (var companion in Companions.Where(companion => File.Exists(store + companion)))
            {
                File.Copy(store + companion, aside + companion, overwrite: false);
                File.Delete(store + companion);
            }
        }

        File.Move(file, store, overwrite: true);
        return aside;
    }

    /// <summary>Brings the log into the file where the file still can be opened, so that removing the log loses nothing.</summary>
    private static async Task EmptyLogAsync(string store, CancellationToken cancellationToken)
    {
        try
        {
            await using var old = new SqliteConnection(Text(store));
            await old.OpenAsync(cancellationToken);
            await RunAsync(old, "PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        }
        catch (SqliteException)
        {
            // It is broken, which may be why it is replaced; it is kept as it is.
        }
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Text(string file) => new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = false, DefaultTimeout = 60 }.ConnectionString;
}
