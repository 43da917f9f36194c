using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;

namespace RulePortal.Data.Tests.Stores;

/// <summary>A SQLite file, copied from one that was migrated once.</summary>
internal sealed class SqliteTestStore : TestStore
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private readonly string _file;

    private SqliteTestStore(string file)
        : base(ConnectionDialect.Sqlite) => _file = file;

    public static async Task<SqliteTestStore> OpenAsync()
    {
        string file = NewFile();
        await File.WriteAllBytesAsync(file, await Migrated.Value);
        return new SqliteTestStore(file);
    }

    public override PortalDbContext CreateDbContext() => Context(_file);

    public override ValueTask DisposeAsync()
    {
        Importer.Dispose();
        Delete(_file);
        return ValueTask.CompletedTask;
    }

    private static async Task<byte[]> MigrateAsync()
    {
        string file = NewFile();
        await using (PortalDbContext db = Context(file))
        {
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
        }

        SqliteConnection.ClearPool(new SqliteConnection(ConnectionString(file)));
        byte[] bytes = await File.ReadAllBytesAsync(file);
        Delete(file);
        return bytes;
    }

    private static PortalDbContext Context(string file) => new(new DbContextOptionsBuilder<PortalDbContext>()
        .UseSqlite(ConnectionString(file), options => options.MigrationsAssembly("RulePortal.Migrations.Sqlite"))
        .Options);

    private static string ConnectionString(string file) => $"Data Source={file};Foreign Keys=True";

    private static string NewFile() => Path.Combine(Path.GetTempPath(), $"ruleportal-test-{Guid.NewGuid():N}.db");

    private static void Delete(string file)
    {
        SqliteConnection.ClearPool(new SqliteConnection(ConnectionString(file)));
        foreach (string suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(file + suffix);
        }
    }
}
