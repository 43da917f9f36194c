using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Ledger;

public abstract class AttemptRecorderTests(StoreKind kind) : StoreTests(kind)
{
    [Fact]
    public async Task CompleteAsync_Alerting_WritesAlertOccurrenceEvidenceAttemptAndWindow()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var lease = await store.LeaseAsync(await store.PlanOneAsync());

        var run = await store.Recorder.CompleteAsync(lease!, LedgerStore.Alerting(lease!, "a", "b"), CancellationToken.None);

        Assert.NotNull(run);
        Assert.Equal(AttemptOutcome.Alerted, run.Outcome);
        await using var db = Store.CreateDbContext();
        var alert = await db.Alerts.Include(a => a.Tactics).Include(a => a.Entities).Include(a => a.Activities).Include(a => a.Occurrences).ThenInclude(o => o.Evidence).SingleAsync();
        Assert.Equal([alert.Id], run.AlertIds);
        Assert.Equal(2, alert.Occurrences.Single().Evidence.Count);
        Assert.Equal(7, alert.Occurrences.Single().MaxBatchSeq);
        Assert.Equal(ActivityKind.Raised, alert.Activities.Single().Kind);
        Assert.Equal(AlertStatus.New, alert.Status);
        Assert.Equal(WindowStatus.Succeeded, (await store.WindowsAsync()).Single().Status);
        var attempt = (await store.AttemptsAsync()).Single();
        Assert.Equal(("2 result rows.", 1, 2), (attempt.Sentence, attempt.AlertCount, attempt.ResultCount));
    }

    [Fact]
    public async Task CompleteAsync_LeaseLost_WritesNothing()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        var slow = await store.LeaseAsync(windowId, "slow");
        store.Clock.Advance(TimeSpan.FromMinutes(13));
        var quick = await store.LeaseAsync(windowId, "quick");

        Assert.Null(await store.Recorder.CompleteAsync(slow!, LedgerStore.Alerting(slow!, "a"), CancellationToken.None));

        await using var db = Store.CreateDbContext();
        Assert.Empty(await db.Alerts.ToListAsync());
        Assert.NotNull(await store.Recorder.CompleteAsync(quick!, LedgerStore.Alerting(quick!, "a"), CancellationToken.None));
        Assert.Single(await db.Alerts.ToListAsync());
    }

    [Fact]
    public async Task CompleteAsync_SameFindingsAgain_NothingIsDoubled()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        var first = await store.LeaseAsync(windowId);
        await store.Recorder.CompleteAsync(first!, LedgerStore.Alerting(first!, "a", "b"), CancellationToken.None);
        Assert.Null(await store.LeaseAsync(windowId));
        var again = await store.LeaseAsync(windowId, allowEnded: true);

        var run = await store.Recorder.CompleteAsync(again!, LedgerStore.Alerting(again!, "a", "b"), CancellationToken.None);

        Assert.Equal(AttemptOutcome.AlreadyAlerted, run!.Outcome);
        await using var db = Store.CreateDbContext();
        Assert.Equal((1, 1, 2), (await db.Alerts.CountAsync(), await db.Occurrences.CountAsync(), await db.EvidenceRows.CountAsync()));
    }

    [Fact]
    public async Task CompleteAsync_FurtherRowsInTheSameWindow_JoinTheAlert()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        var first = await store.LeaseAsync(windowId);
        await store.Recorder.CompleteAsync(first!, LedgerStore.Alerting(first!, "a"), CancellationToken.None);
        await store.Rules.SaveAsync(store.RuleId, 1, LedgerStore.Definition with { TriggerThreshold = 0 }, "", new Actor("dev:ann", "Ann") { Rights = ActorRights.Contribute }, CancellationToken.None);
        var again = await store.LeaseAsync(windowId, allowEnded: true);

        var run = await store.Recorder.CompleteAsync(again!, LedgerStore.Alerting(again!, "a", "b", "c") with { MaxBatchSeq = 9 }, CancellationToken.None);

        Assert.Equal(AttemptOutcome.Alerted, run!.Outcome);
        await using var db = Store.CreateDbContext();
        var alert = await db.Alerts.Include(a => a.Entities).Include(a => a.Activities).Include(a => a.Occurrences).ThenInclude(o => o.Evidence).SingleAsync();
        var extension = await db.OccurrenceExtensions.SingleAsync();
        Assert.Equal((alert.Occurrences.Single().Id, again!.AttemptId, 2, 9, 1, 2), (extension.OccurrenceId, extension.AttemptId, extension.RuleVersion, extension.MaxBatchSeq, extension.FirstOrdinal, extension.Rows));
        Assert.Equal((1, 7), (alert.Occurrences.Single().RuleVersion, alert.Occurrences.Single().MaxBatchSeq));
        Assert.Equal(3, alert.ResultCount);
        Assert.Equal(3, alert.Entities.Count);
        Assert.Equal([0, 1, 2], alert.Occurrences.Single().Evidence.Select(e => e.Ordinal).Order());
        Assert.Equal([ActivityKind.Raised, ActivityKind.RowsAdded], alert.Activities.OrderBy(a => a.Id).Select(a => a.Kind));
    }

    [Fact]
    public async Task FailAsync_Transient_DueAgainLaterAndNeverDisables()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        for (var n = 0; n < 20; n++)
        {
            var lease = await store.LeaseAsync(windowId);
            var retryAt = store.Clock.GetUtcNow().UtcDateTime.AddMinutes(1);
            await store.Recorder.FailAsync(lease!, new EvaluationFault("Away.", "Timeout", IsRuleFault: false, retryAt, 5), CancellationToken.None);
            Assert.Empty(await store.Ledger.TakeDueAsync(10, CancellationToken.None));
            store.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Single(await store.Ledger.TakeDueAsync(10, CancellationToken.None));
        }

        Assert.True((await store.Rules.FindAsync(store.RuleId, CancellationToken.None))!.Enabled);
        Assert.Equal(20, (await store.AttemptsAsync()).Count(a => a.Outcome == AttemptOutcome.TransientFault));
    }

    [Fact]
    public async Task FailAsync_RuleFaultsInARow_DisableTheRuleWithTheReason()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        for (var n = 0; n < 3; n++)
        {
            var lease = await store.LeaseAsync(windowId);
            await store.Recorder.FailAsync(lease!, new EvaluationFault("The detector failed.", "Boom", IsRuleFault: true, store.Clock.GetUtcNow().UtcDateTime, 3), CancellationToken.None);
        }

        var rule = await store.Rules.FindAsync(store.RuleId, CancellationToken.None);
        Assert.False(rule!.Enabled);
        Assert.Equal("Disabled after 3 faults in a row: The detector failed.", rule.AutoDisabledReason);
        Assert.Equal(WindowStatus.Failed, (await store.WindowsAsync()).Single().Status);
        await using var db = Store.CreateDbContext();
        Assert.Contains(await db.AuditEntries.ToListAsync(), e => e is { Action: "rule.disable", ActorId: "system" });
    }

    [Fact]
    public async Task FailAsync_SuccessBetween_StartsTheCountAgain()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        var fault = new EvaluationFault("The detector failed.", "Boom", IsRuleFault: true, store.Clock.GetUtcNow().UtcDateTime, 2);
        await store.Recorder.FailAsync((await store.LeaseAsync(windowId))!, fault, CancellationToken.None);
        var good = await store.LeaseAsync(windowId);
        await store.Recorder.CompleteAsync(good!, LedgerStore.Quiet(good!), CancellationToken.None);
        var again = await store.LeaseAsync(windowId, allowEnded: true);
        await store.Recorder.FailAsync(again!, fault, CancellationToken.None);

        Assert.True((await store.Rules.FindAsync(store.RuleId, CancellationToken.None))!.Enabled);
    }

    [Fact]
    public async Task LeaseAsync_AfterASavedVersion_UsesIt()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        var saved = await store.Rules.SaveAsync(store.RuleId, 1, LedgerStore.Definition with { TriggerThreshold = 0 }, "Hear single beacons.", new Actor("dev:contributor", "Contributor") { Rights = ActorRights.Contribute }, CancellationToken.None);

        var lease = await store.LeaseAsync(windowId);

        Assert.Equal((RuleSaveOutcome.Saved, 2), (saved.Outcome, saved.Version));
        Assert.Equal((2, 0), (lease!.Rule.Version, lease.Rule.Definition.TriggerThreshold));
    }

    [Fact]
    public async Task SaveAsync_BasedOnAnOldVersion_IsRefusedAndNamesTheOther()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var ann = new Actor("dev:ann", "Ann") { Rights = ActorRights.Contribute };
        await store.Rules.SaveAsync(store.RuleId, 1, LedgerStore.Definition with { TriggerThreshold = 1 }, "", ann, CancellationToken.None);

        var late = await store.Rules.SaveAsync(store.RuleId, 1, LedgerStore.Definition with { TriggerThreshold = 2 }, "", Actor.System, CancellationToken.None);

        Assert.Equal((RuleSaveOutcome.Conflict, 2, "Ann"), (late.Outcome, late.Version, late.ChangedBy));
        Assert.Equal(1, (await store.Rules.FindAsync(store.RuleId, CancellationToken.None))!.Definition.TriggerThreshold);
        Assert.Equal(LedgerStore.Definition.TriggerThreshold, (await store.Rules.FindVersionAsync(store.RuleId, 1, CancellationToken.None))!.TriggerThreshold);
    }
}

public sealed class AttemptRecorderOnSqliteTests() : AttemptRecorderTests(StoreKind.Sqlite);

public sealed class AttemptRecorderOnSqlServerTests() : AttemptRecorderTests(StoreKind.SqlServer);
