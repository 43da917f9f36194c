using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Tests.Ledger;

/// <summary>A store with one hourly rule, and the ledger's services over it.</summary>
internal sealed class LedgerStore
{
    public static readonly DateTime Start = new(2026, 3, 10, 10, 20, 0, DateTimeKind.Utc);
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan CatchUp = TimeSpan.FromDays(7);

    private readonly TestStore database;

    private LedgerStore(TestStore store, Guid ruleId)
    {
        database = store;
        RuleId = ruleId;
        Rules = store.Rules();
        Ledger = new WindowLedger(store, Rules, Clock);
        Recorder = new AttemptRecorder(store, Clock);
    }

    public FakeTimeProvider Clock => database.Clock;

    public RuleStore Rules { get; }

    public WindowLedger Ledger { get; }

    public AttemptRecorder Recorder { get; }

    public Guid RuleId { get; }

    public static async Task<LedgerStore> CreateAsync(TestStore store)
    {
        store.Clock.SetUtcNow(new DateTimeOffset(Start));
        var ledger = new LedgerStore(store, Guid.NewGuid());
        var created = await ledger.Rules.CreateAsync(ledger.RuleId, Definition, enabled: true, "For the test.", Actor.System, CancellationToken.None);
        Assert.Equal(RuleSaveOutcome.Saved, created.Outcome);
        return ledger;
    }

    /// <summary>The same rule as another node sees it.</summary>
    public LedgerStore On(TestStore another) => new(another, RuleId);

    public static RuleDefinition Definition { get; } = new()
    {
        Name = "Rare connections",
        Detector = RareConnectionDetectors.ByProcess,
        QueryFrequency = TimeSpan.FromHours(1),
        QueryPeriod = TimeSpan.FromDays(30),
        TriggerThreshold = 5,
    };

    public async Task<IReadOnlyList<RuleWindow>> WindowsAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.RuleWindows.AsNoTracking().OrderBy(w => w.EndUtc).ToListAsync();
    }

    public async Task<IReadOnlyList<RuleAttempt>> AttemptsAsync()
    {
        await using var db = database.CreateDbContext();
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

    public static EvaluatedWindow Alerting(WindowLease lease, params string[] keys)
    {
        var findings = keys.Select(Found).ToList();
        var content = new Data.Alerts.AlertContent("Rare connections", "Title", "Summary.", Severity.Low, "more than 5", [AttackTactic.Discovery], [], [.. findings.SelectMany(f => f.Entities)], [.. findings.Select(f => f.Subject)], 30, 30);
        return new(new TimeRange(lease.EndUtc.AddHours(-1), lease.EndUtc), AttemptOutcome.Alerted, $"{keys.Length} result rows.", 7, keys.Length, 30, 30, [new AlertDraft(AlertGrouping.AllRows, content, findings)]);
    }

    public static EvaluatedWindow Quiet(WindowLease lease) =>
        new(new TimeRange(lease.EndUtc.AddHours(-1), lease.EndUtc), AttemptOutcome.BelowThreshold, "0 result rows.", 7, 0, 30, 30, []);

    private static Finding Found(string key) => new(
        [new ResultColumn("ProcessName", key)],
        [new FindingEntity(EntityType.Process, key)],
        Subject.Of(nameof(VmConnection.ProcessName), key),
        key,
        new Explanation($"{key} was seen.", "Rare.", [], []));
}
