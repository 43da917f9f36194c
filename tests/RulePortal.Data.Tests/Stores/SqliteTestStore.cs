using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.TestSupport;

namespace RulePortal.Data.Tests.Stores;

/// <summary>A SQLite file, copied from one that was migrated once.</summary>
internal sealed class SqliteTestStore : TestStore
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private readonly string _file;
    private readonly FaultPlan? _faults;
    private readonly bool _owns = true;

    private SqliteTestStore(string file, FaultPlan? faults = null)
        : base(ConnectionDialect.Sqlite) => (_file, _faults) = (file, faults);

    private SqliteTestStore(SqliteTestStore other)
        : base(ConnectionDialect.Sqlite, other.Clock) => (_file, _owns) = (other._file, false);

    public static async Task<SqliteTestStore> OpenAsync()
    {
        string file = NewFile();
        await File.WriteAllBytesAsync(file, await Migrated.Value);
        return new SqliteTestStore(file);
    }

    /// <summary>A store that fails as planned and tries units again as SQL Server's strategy does.</summary>
    public static async Task<SqliteTestStore> OpenFailingAsync(FaultPlan faults)
    {
        string file = NewFile();
        await File.WriteAllBytesAsync(file, await Migrated.Value);
        return new SqliteTestStore(file, faults);
    }

    public override TestStore Another() => new SqliteTestStore(this);

    public override PortalDbContext CreateDbContext() => _faults is null ? Context(_file) : new(new DbContextOptionsBuilder<PortalDbContext>()
        .UseSqlite(ConnectionString(_file), options => options.MigrationsAssembly("RulePortal.Migrations.Sqlite").ExecutionStrategy(dependencies => new FaultRetries(dependencies)))
        .AddInterceptors([.. _faults.Interceptors, BoundedQueries.Instance])
        .Options);

    public override ValueTask DisposeAsync()
    {
        Importer.Dispose();
        if (_owns)
        {
            Delete(_file);
        }

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
        .AddInterceptors(BoundedQueries.Instance)
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
