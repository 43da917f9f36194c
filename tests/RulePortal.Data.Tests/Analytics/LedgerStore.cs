using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data.Analytics;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareOutboundConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Tests.Analytics;

/// <summary>A SQLite file with one hourly rule, and the ledger's services over it under a clock of the test's own.</summary>
internal sealed class LedgerStore : IDbContextFactory<PortalDbContext>, IDisposable
{
    public static readonly DateTime Start = new(2026, 3, 10, 10, 20, 0, DateTimeKind.Utc);
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan CatchUp = TimeSpan.FromDays(7);

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-ledger-").FullName;

    private LedgerStore()
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(Start));
        Rules = new RuleStore(this, DetectorCatalog.Shipped, Clock);
        Ledger = new WindowLedger(this, Rules, Clock);
        Recorder = new AttemptRecorder(this, Clock);
    }

    public FakeTimeProvider Clock { get; }

    public RuleStore Rules { get; }

    public WindowLedger Ledger { get; }

    public AttemptRecorder Recorder { get; }

    public Guid RuleId { get; } = Guid.NewGuid();

    public static async Task<LedgerStore> CreateAsync()
    {
        var store = new LedgerStore();
        await using (var db = store.CreateDbContext())
        {
            await db.Database.EnsureCreatedAsync();
        }

        var created = await store.Rules.CreateAsync(store.RuleId, Definition, enabled: true, "For the test.", Actor.System, CancellationToken.None);
        Assert.Equal(RuleSaveOutcome.Saved, created.Outcome);
        return store;
    }

    public static RuleDefinition Definition { get; } = new()
    {
        Name = "Rare connections",
        Detector = RareOutboundConnectionDetector.KindName,
        QueryFrequency = TimeSpan.FromHours(1),
        QueryPeriod = TimeSpan.FromDays(30),
        TriggerThreshold = 5,
    };

    public PortalDbContext CreateDbContext() =>
        new(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite($"Data Source={Path.Combine(directory, "ledger.db")}").Options);

    public async Task<IReadOnlyList<RuleWindow>> WindowsAsync()
    {
        await using var db = CreateDbContext();
        return await db.RuleWindows.AsNoTracking().OrderBy(w => w.EndUtc).ToListAsync();
    }

    public async Task<IReadOnlyList<RuleAttempt>> AttemptsAsync()
    {
        await using var db = CreateDbContext();
        return await db.RuleAttempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync();
    }

    public Task<int> PlanAsync() => Ledger.PlanAsync(RuleId, Delay, CatchUp, CancellationToken.None);

    public async Task<long> PlanOneAsync()
    {
        Clock.SetUtcNow(new DateTimeOffset(Start.Date.AddHours(11).AddMinutes(5)));
        Assert.Equal(1, await PlanAsync());
        return (await WindowsAsync()).Single().Id;
    }

    public Task<WindowLease?> LeaseAsync(long windowId, string owner = "worker", bool allowEnded = false) =>
        Ledger.LeaseAsync(new LeaseRequest(windowId, AttemptKind.Scheduled, Actor.System, owner, TimeSpan.FromMinutes(12), allowEnded), CancellationToken.None);

    public static Evaluation Alerting(WindowLease lease, params string[] keys)
    {
        var findings = keys.Select(Found).ToList();
        var content = new Data.Alerts.AlertContent("Rare connections", "Title", "Summary.", Severity.Low, "more than 5", [AttackTactic.Discovery], [], [.. findings.SelectMany(f => f.Entities)], 30, 30);
        return new(new TimeRange(lease.EndUtc.AddHours(-1), lease.EndUtc), AttemptOutcome.Alerted, $"{keys.Length} result rows.", 7, keys.Length, 30, 30, [new AlertDraft(AlertGrouping.AllRows, content, findings)]);
    }

    public static Evaluation Quiet(WindowLease lease) =>
        new(new TimeRange(lease.EndUtc.AddHours(-1), lease.EndUtc), AttemptOutcome.BelowThreshold, "0 result rows.", 7, 0, 30, 30, []);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    private static Finding Found(string key) => new(
        [new ResultColumn("ProcessName", key)],
        [new FindingEntity(EntityType.Process, key)],
        key,
        new Explanation($"{key} was seen.", "Rare.", [], null, null));
}
