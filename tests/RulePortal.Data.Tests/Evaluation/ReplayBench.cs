using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Tests.Evaluation;

/// <summary>A store with a rule whose window from 10:00 to 11:00 is evaluated by the shipped detector and recorded as a scheduled run does it.</summary>
internal sealed class ReplayBench
{
    public static readonly DateTime End = LedgerStore.Start.Date.AddHours(11);

    private readonly TestStore store;
    private int batches;

    private ReplayBench(TestStore store, LedgerStore ledger, RuleDefinition rule)
    {
        this.store = store;
        Ledger = ledger;
        Rule = rule;
    }

    public LedgerStore Ledger { get; }

    public RuleDefinition Rule { get; }

    public long WindowId { get; private set; }

    public static async Task<ReplayBench> CreateAsync(TestStore store, EventGrouping grouping = EventGrouping.SingleAlert)
    {
        var ledger = await LedgerStore.CreateAsync(store);
        var rule = LedgerStore.Definition with { TriggerThreshold = 0, LearningPeriod = TimeSpan.Zero, EventGrouping = grouping };
        Assert.Equal(RuleSaveOutcome.Saved, (await ledger.Rules.SaveAsync(ledger.RuleId, 1, rule, "", TestStore.Ada, default)).Outcome);
        return new ReplayBench(store, ledger, rule) { WindowId = await ledger.PlanOneAsync() };
    }

    public static VmConnection Row(DateTime at, string country, string process, long sent = 10) => new()
    {
        TimeGenerated = at,
        Computer = "vm-1",
        Direction = "outbound",
        RemoteCountry = country,
        ProcessName = process,
        SourceIp = "10.0.0.1",
        DestinationIp = "203.0.113.9",
        DestinationPort = 443,
        Protocol = "tcp",
        BytesSent = sent,
    };

    public static VmConnection InWindow(string country, string process, long sent = 10) => Row(End.AddMinutes(-20), country, process, sent);

    public async Task<long> ImportAsync(params IEnumerable<VmConnection> rows)
    {
        var result = await store.Importer.ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = $"batch {++batches}" }, rows.ToAsyncEnumerable(), default);
        Assert.Equal(BatchStatus.Stored, result.Status);
        return result.Seq!.Value;
    }

    public async Task<RecordedRun> EvaluateAsync()
    {
        var lease = (await Ledger.LeaseAsync(WindowId, allowEnded: true))!;
        var rule = lease.Rule.Definition;
        var found = await store.Evaluator.EvaluateAsync(DetectorCatalog.Shipped.Bind(rule), Ledger.RuleId, End, default);
        var (outcome, baseline) = (found.Outcome, found.Baseline);
        List<AlertDraft> drafts = [.. outcome.Groups.Select(group => new AlertDraft(group.GroupKey, new AlertContent(rule.Name, "Title", "Summary.", Severity.Low, "more than 0", [], [], [.. group.Findings.SelectMany(finding => finding.Entities).Distinct()], [.. group.Findings.Select(finding => finding.Subject).Distinct()], baseline.DaysPresent, baseline.DaysLookedBack), group.Findings))];
        return (await Ledger.Recorder.CompleteAsync(lease, new EvaluatedWindow(found.Window, AttemptOutcome.Alerted, outcome.Sentence, found.MaxBatchSeq, found.Findings.Count, baseline.DaysPresent, baseline.DaysLookedBack, drafts, found.Lookback.StartUtc) { Excluded = found.Excluded }, default))!;
    }

    public Task<AlertReplay> ReplayAsync(long alertId = 1, DetectorCatalog? detectors = null) => Replayer(detectors).ReplayAsync(alertId, progress: null, default);

    public AlertReplayer Replayer(DetectorCatalog? detectors = null) => new(store, store.Evaluator, detectors ?? DetectorCatalog.Shipped, store.Slots, store.Clock);

    public async Task SaveAsync(Func<RuleDefinition, RuleDefinition> change)
    {
        var rule = (await Ledger.Rules.FindAsync(Ledger.RuleId, default))!;
        Assert.Equal(RuleSaveOutcome.Saved, (await Ledger.Rules.SaveAsync(rule.Id, rule.Version, change(rule.Definition), "", TestStore.Ada, default)).Outcome);
    }

    public async Task<int> CountAsync(Func<PortalDbContext, IQueryable<object>> rows)
    {
        await using var db = store.CreateDbContext();
        return await rows(db).CountAsync();
    }
}
