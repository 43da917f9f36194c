using Hangfire;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;

namespace RulePortal.Web.Storage;

/// <summary>The embedded store: one file, one serving process.</summary>
internal sealed class SqliteStore : PortalStore
{
    private readonly string connectionString;

    public SqliteStore(IConfiguration configuration, IOptions<StorageSettings> storage)
    {
        var builder = new SqliteConnectionStringBuilder(configuration[ConnectionStringCheck.Key] ?? "Data Source=portal.db")
        {
            ForeignKeys = true,
            DefaultTimeout = 60,
        };
        File = Path.GetFullPath(builder.DataSource, storage.Value.Directory);
        builder.DataSource = File;
        connectionString = builder.ConnectionString;
    }

    public string File { get; }

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override string Place => $"the SQLite file {File}";

    public override bool MigratesAtStart => true;

    public override bool MigratesForVerbs => true;

    public override ConnectionDialect Connections => ConnectionDialect.Sqlite;

    public override bool IsExclusive => true;

    public override string? Folder => Path.GetDirectoryName(File);

    public override string SizeSql => StoreSizeSql.Sqlite;

    public override bool Exists => System.IO.File.Exists(File);

    public override void Configure(DbContextOptionsBuilder options) => options
        .UseSqlite(connectionString, o => o.MigrationsAssembly("RulePortal.Migrations.Sqlite"))
        .AddInterceptors(SqliteConnectionSetup.Instance);

    // The ledger is the schedule of record, so a queue that dies with the process loses nothing.
    public override void ConfigureJobs(IGlobalConfiguration jobs) => jobs.UseInMemoryStorage();

    public override IDisposable? TryClaim()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            // The operating system gives the lock up when the process ends, however it ends; the file itself stays.
            return new FileStream(File + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    public override void DemandFile()
    {
    }

    public override Task CopyAsync(string file, CancellationToken cancellationToken) => SqliteCopy.MakeAsync(connectionString, file, cancellationToken);

    public override IDbContextFactory<PortalDbContext> Over(string file) => new SqliteCopy(file);

    public override Task<string?> ReplaceAsync(string file, string suffix, CancellationToken cancellationToken) => SqliteCopy.ReplaceAsync(File, file, suffix, cancellationToken);

    public override async Task BeforeMigrationAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        // A process killed while it migrated leaves EF Core's lock row behind for ever; who holds the claim knows that nobody else migrates.
        var found = await db.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken);
        if (found > 0)
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock", cancellationToken);
        }
    }
}
