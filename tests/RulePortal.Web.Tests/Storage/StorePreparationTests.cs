using Hangfire;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Web.Kit;
using RulePortal.Web.Storage;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Storage;

public sealed class StorePreparationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ForServing_NewFile_BringsTheSchemaAndTheSeeds()
    {
        var seed = new CountingSeed();
        await using var services = Services(s => s.AddSingleton<IStoreSeed>(seed));
        await Preparation(services).ForServingAsync(default);

        Assert.True((await services.GetRequiredService<SchemaReader>().ReadAsync(default)).IsCurrent);
        Assert.Equal(1, seed.Count);
        Assert.Equal("wal", await ScalarAsync(services, "PRAGMA journal_mode"));
        Assert.Equal("1", await ScalarAsync(services, "PRAGMA foreign_keys"));
        Assert.Equal("10000", await ScalarAsync(services, "PRAGMA busy_timeout"));
    }

    [Fact]
    public async Task ForServing_FileServedByAnother_IsRefusedByName()
    {
        await using var first = Services();
        await using var second = Services();
        await Preparation(first).ForServingAsync(default);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Preparation(second).ForServingAsync(default));
        Assert.Contains("Another RulePortal is serving", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(folder.File("portal.db"), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForServing_AfterTheOtherEnded_Serves()
    {
        await using (var first = Services())
        {
            await Preparation(first).ForServingAsync(default);
        }

        await using var second = Services();
        await Preparation(second).ForServingAsync(default);
    }

    [Fact]
    public async Task ForVerb_BesideAServingProcess_Works()
    {
        await using var serving = Services();
        await using var verb = Services();
        await Preparation(serving).ForServingAsync(default);
        await Preparation(verb).ForVerbAsync(default);
    }

    [Fact]
    public async Task ForVerb_SchemaBehindOfAServedFile_IsRefused()
    {
        await using var serving = Services();
        await using var verb = Services();
        await Preparation(serving).ForServingAsync(default);
        await ExecuteAsync("DELETE FROM __EFMigrationsHistory");

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Preparation(verb).ForVerbAsync(default));
        Assert.Contains("a running RulePortal is serving it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForServing_SchemaOfANewerVersion_IsRefused()
    {
        await using (var first = Services())
        {
            await Preparation(first).ForServingAsync(default);
        }

        await ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('99991231000000_Future', '99')");
        await using var second = Services();
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Preparation(second).ForServingAsync(default));
        Assert.Contains("A newer RulePortal has changed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("99991231000000_Future", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForServing_SchemaBehindAndNotAllowedToMigrate_SaysSoAndChangesNothing()
    {
        await using var services = Services(s => s.Replace(ServiceDescriptor.Singleton<PortalStore>(new ManagedStore(folder.File("managed.db")))));
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Preparation(services).ForServingAsync(default));

        Assert.Contains("The schema of a managed database is behind", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Run the verb migrate, or set Database:MigrateAtStart=true.", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await services.GetRequiredService<SchemaReader>().ReadAsync(default)).Pending);
    }

    [Fact]
    public async Task Migrate_DatabaseNotMigratedAtStart_MakesItServable()
    {
        var store = new ManagedStore(folder.File("managed.db"));
        await using var services = Services(s => s.Replace(ServiceDescriptor.Singleton<PortalStore>(store)));

        Assert.NotEmpty(await Preparation(services).MigrateAsync(default));
        Assert.True(store.Completed);
        await Preparation(services).ForServingAsync(default);
    }

    [Fact]
    public async Task ForServing_LockRowOfAKilledMigration_DoesNotWaitForEver()
    {
        await using (var first = Services())
        {
            await Preparation(first).ForServingAsync(default);
        }

        await ExecuteAsync("INSERT INTO __EFMigrationsLock(Id, Timestamp) VALUES (1, '2020-01-01')");
        await ExecuteAsync("DROP TABLE __EFMigrationsHistory");
        foreach (var drop in await DropsAsync())
        {
            await ExecuteAsync(drop);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var second = Services();
        await Preparation(second).ForServingAsync(limit.Token);
    }

    [Fact]
    public async Task ForServing_FileThatIsNoDatabase_SaysSoInWords()
    {
        await File.WriteAllTextAsync(folder.File("portal.db"), "this is a text file, long enough to be looked at as a header of a database file, which it is not");
        await using var services = Services();
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Preparation(services).ForServingAsync(default));
        Assert.Contains(folder.File("portal.db"), refusal.Message, StringComparison.Ordinal);
    }

    private static StorePreparation Preparation(IServiceProvider services) => services.GetRequiredService<StorePreparation>();

    private static async Task<string?> ScalarAsync(IServiceProvider services, string sql)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    private ServiceProvider Services(Action<IServiceCollection>? change = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:DataDirectory"] = folder.FullName })
            .Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddStorage();
        change?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private async Task<IReadOnlyList<string>> DropsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File("portal.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 'DROP ' || type || ' \"' || name || '\"' FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name <> '__EFMigrationsLock'";
        await using var reader = await command.ExecuteReaderAsync();
        var drops = new List<string>();
        while (await reader.ReadAsync())
        {
            drops.Add(reader.GetString(0));
        }

        return drops;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File("portal.db")};Foreign Keys=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class CountingSeed : IStoreSeed
    {
        public int Count { get; private set; }

        public Task SeedAsync(CancellationToken cancellationToken)
        {
            Count++;
            return Task.CompletedTask;
        }
    }

    // Behaves as a SQL Server does: migrated only when told to.
    private sealed class ManagedStore(string file) : PortalStore
    {
        public bool Completed { get; private set; }

        public override DatabaseProvider Provider => DatabaseProvider.SqlServer;

        public override string Place => "a managed database";

        public override bool MigratesAtStart => false;

        public override string SizeSql => throw new NotSupportedException();

        public override ConnectionDialect Connections => ConnectionDialect.Sqlite;

        public override void Configure(DbContextOptionsBuilder options) =>
            options.UseSqlite($"Data Source={file}", o => o.MigrationsAssembly("RulePortal.Migrations.Sqlite"));

        public override void ConfigureJobs(IGlobalConfiguration jobs) => throw new NotSupportedException();

        public override Task AfterMigrationAsync(CancellationToken cancellationToken)
        {
            Completed = true;
            return Task.CompletedTask;
        }
    }
}
