using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Intake;
using RulePortal.Data.Maintenance.Doctor;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.EndToEnd.Tests.Hosting;
using RulePortal.Tests.Connections;

namespace RulePortal.EndToEnd.Tests.Faults;

/// <summary>A store in a folder of its own that processes are let loose on, and that the test looks at from outside.</summary>
internal sealed class FaultStore : IDbContextFactory<PortalDbContext>, IDisposable
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);

    private readonly bool ownsDirectory;

    private FaultStore(string? directory = null)
    {
        ownsDirectory = directory is null;
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("ruleportal-fault-").FullName;
    }

    public static Guid RuleId => ShippedRules.RareOutboundConnectionByProcess.Id;

    public string Directory { get; }

    public string File => Path.Combine(Directory, "portal.db");

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>A folder without a store.</summary>
    public static FaultStore Empty() => new();

    /// <summary>A migrated store with the rule that ships.</summary>
    /// <param name="directory">A folder that is somebody else's to remove, or null for an own one.</param>
    public static async Task<FaultStore> CreateAsync(string? directory = null)
    {
        var store = new FaultStore(directory);
        await System.IO.File.WriteAllBytesAsync(store.File, await Migrated.Value);
        return store;
    }

    public PortalDbContext CreateDbContext() => new(new DbContextOptionsBuilder<PortalDbContext>()
        .UseSqlite($"Data Source={File};Foreign Keys=True;Default Timeout=60;Pooling=False", options => options.MigrationsAssembly("RulePortal.Migrations.Sqlite"))
        .Options);

    /// <summary>Stores rows from this process, as another one beside the portal.</summary>
    public async Task<BatchResult> ImportAsync(IEnumerable<VmConnection> rows, string? key = null)
    {
        using var importer = new ConnectionImporter(this, ConnectionDialect.Sqlite, new TermCache(), TimeProvider.System);
        return await importer.ImportAsync(new BatchFacts(BatchOrigin.Api, Actor.System) { Key = key }, rows.ToAsyncEnumerable(), CancellationToken.None);
    }

    /// <summary>Moves the start of the rule's ledger back as if the portal had been down, and gives each missed hour a finding of its own with six rows.</summary>
    /// <returns>The end of the last missed window.</returns>
    public async Task<DateTime> MissWindowsAsync(int hours)
    {
        var now = Now;
        var lastEnd = now.Date.AddHours(now.Hour).AddHours(now.Minute >= 6 ? 0 : -1);
        await using (var db = CreateDbContext())
        {
            var rule = await db.AnalyticsRules.SingleAsync(r => r.Id == RuleId);
            rule.EvaluateFrom(lastEnd.AddHours(-hours));
            await db.SaveChangesAsync();
        }

        var ordinary = Enumerable.Range(0, hours + (20 * 24)).Select(hour => Beacon.Connection(lastEnd.AddHours(-hour).AddMinutes(-30), "United States", 443));
        var findings = Enumerable.Range(0, hours).SelectMany(hour => Enumerable.Range(1, 6).Select(port => Beacon.Connection(lastEnd.AddHours(-hour).AddMinutes(-20), $"Country {hour}", port)));
        Assert.Equal(BatchStatus.Stored, (await ImportAsync(ordinary.Concat(findings))).Status);
        return lastEnd;
    }

    /// <summary>The store must be sound.</summary>
    public async Task BeSoundAsync(string after)
    {
        var doctor = new StoreDoctor(this, ConnectionDialect.Sqlite, new AuditVerifier(this, TimeProvider.System), TimeProvider.System);
        var report = await doctor.ExamineAsync(progress: null, CancellationToken.None);
        Assert.True(report.IsSound, $"After {after}:\n{string.Join('\n', report.Checks.SelectMany(check => check.Faults.Select(fault => $"{check.Name}: {fault}")))}");
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
        try
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 14 or 5 || e.Message.Contains("no such", StringComparison.Ordinal))
        {
            return 0;
        }
    }

    /// <summary>Waits until something can be seen in the store, or a process has ended; longer than a window is taken to be in the queue that lost it.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> seen, PortalProcess process, int seconds = 420)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await seen())
        {
            if (process.HasEnded)
            {
                return false;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds), $"After {seconds} s it had not come that far:\n{process.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        return true;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (ownsDirectory)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private static async Task<byte[]> MigrateAsync()
    {
        using var store = new FaultStore();
        await using (var db = store.CreateDbContext())
        {
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
        }

        using var slots = new WorkSlots(TimeProvider.System);
        var snapshots = new ConnectionSnapshots(store, ConnectionDialect.Sqlite, new TermCache());
        var pins = new RulePins(store, snapshots, DetectorCatalog.Shipped, slots);
        var rules = new RuleStore(store, DetectorCatalog.Shipped, pins, TimeProvider.System);
        foreach (var (id, definition) in ShippedRules.All)
        {
            await rules.CreateAsync(id, definition, enabled: true, "Shipped with the product.", Actor.System, CancellationToken.None);
        }

        return await System.IO.File.ReadAllBytesAsync(store.File);
    }
}
