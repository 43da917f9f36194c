using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Pins;

/// <summary>A store whose last hour has an alert: six rows with Alfa, which had three in the month before, and one with Bravo, which had none.</summary>
internal sealed class PinShelf
{
    private readonly TestStore store;

    private PinShelf(TestStore store)
    {
        this.store = store;
        Rules = store.Rules();
        Pins = new AlertPins(store, store.Clock);
    }

    public static Guid RuleId { get; } = ShippedRules.RareOutboundConnectionByProcess.Id;

    public static RuleDefinition Rule { get; } = ShippedRules.RareOutboundConnectionByProcess.Definition;

    public RuleStore Rules { get; }

    public AlertPins Pins { get; }

    public long AlertId { get; private set; }

    /// <summary>The batch with the alert's own rows.</summary>
    public long AttackBatch { get; private set; }

    private DateTime Now => store.Clock.GetUtcNow().UtcDateTime;

    public static async Task<PinShelf> CreateAsync(TestStore store)
    {
        var shelf = new PinShelf(store);
        await shelf.Rules.CreateAsync(RuleId, Rule, enabled: true, "", Actor.System, default);
        await shelf.ImportAsync("past", [shelf.Row(-40 * 24 * 60, "Old", 1), .. Enumerable.Range(0, 3).Select(day => shelf.Row(-(day + 2) * 24 * 60, "Alfa", 1))]);
        shelf.AttackBatch = await shelf.ImportAsync("attack", [.. Enumerable.Range(1, 6).Select(port => shelf.Row(-30, "Alfa", port)), shelf.Row(-20, "Bravo", 1)]);
        shelf.AlertId = await shelf.RaiseAsync(Rule);
        return shelf;
    }

    public static RuleDefinition With(string settings, int trigger = 5) => Rule with { SettingsJson = settings, TriggerThreshold = trigger };

    /// <summary>The alert that a definition raises for the last window.</summary>
    public async Task<long> RaiseAsync(RuleDefinition definition, EventGrouping grouping = EventGrouping.SingleAlert, string? key = null)
    {
        await using ConnectionSnapshot history = await store.Snapshots.OpenAsync(default);
        var findings = await DetectorCatalog.Shipped.Bind(definition).DetectAsync(Now, history, default);
        findings = grouping is EventGrouping.SingleAlert ? findings : [findings[0]];
        var occurrence = new Occurrence
        {
            RuleId = RuleId,
            RuleVersion = 1,
            WindowStartUtc = Now - definition.QueryFrequency,
            WindowEndUtc = Now,
            GroupKey = key ?? AlertGrouping.AllRows,
            AttemptId = 1,
            MaxBatchSeq = history.MaxBatchSeq,
            TotalRows = findings.Count,
            Evidence = [.. findings.Select((finding, index) => new EvidenceRow { Ordinal = index, GroupKey = finding.GroupKey, Subject = finding.Subject.Key, Columns = FindingJson.WriteColumns(finding.Columns), Explanation = FindingJson.WriteExplanation(finding.Explanation) })],
        };
        var content = new AlertContent(Rule.Name, "Alfa was rare", "Summary.", Severity.Low, "more than 5", [AttackTactic.Discovery], [], [], [], 30, 30);
        await using PortalDbContext db = store.CreateDbContext();
        var alert = new Alert(content, occurrence, Now);
        db.Alerts.Add(alert);
        await db.SaveChangesAsync();
        return alert.Id;
    }

    public async Task PinAsync(PinKind kind, long? alert = null)
    {
        await using PortalDbContext db = store.CreateDbContext();
        Alert row = (await db.Alerts.FindAsync(alert ?? AlertId))!;
        Assert.Equal(TriageOutcome.Changed, (await Pins.PinAsync(new AlertReference(row.Id, row.Version), kind, "the real one", TestStore.Ada, default)).Outcome);
    }

    public async Task<PinVerdict> JudgeAsync(RuleDefinition definition) => Assert.Single((await store.Pins.JudgeAsync(RuleId, definition, Rule, default)).Pins).Verdict;

    private VmConnection Row(int minute, string country, int port) => new()
    {
        TimeGenerated = Now.AddMinutes(minute),
        Direction = "outbound",
        RemoteCountry = country,
        ProcessName = "curl",
        Computer = "vm-1",
        SourceIp = "10.0.0.1",
        DestinationIp = "203.0.113.9",
        DestinationPort = port,
    };

    private async Task<long> ImportAsync(string key, IEnumerable<VmConnection> rows) =>
        (await store.Importer.ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = key }, rows.ToAsyncEnumerable(), default)).Seq!.Value;
}
