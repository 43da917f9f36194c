using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Ledger;

/// <summary>A rule that made too many result rows waits for a person, and for nobody else.</summary>
public abstract class RuleHoldsTests(StoreKind kind) : StoreTests(kind)
{
    private const string TooMany = "3 result rows are more than the 2 above which the rule is held: nothing was alerted";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RuleHolds Holds => new(Store, Store.Clock);

    [Fact]
    public async Task CompleteAsync_TooManyRows_AlertsNothingAndTheRuleWaits()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var (windowId, run) = await HoldAsync(store);

        Assert.Equal((AttemptOutcome.Held, $"{TooMany}; the rule waits until a person decides", 3), (run!.Outcome, run.Sentence, run.ResultCount!.Value));
        var window = (await store.WindowsAsync()).Single();
        Assert.Equal((WindowStatus.Held, run.Sentence, null), (window.Status, window.Outcome, window.LeaseOwner));
        var rule = (await store.Rules.FindAsync(store.RuleId, Token))!;
        Assert.Equal(new RuleHold(windowId, window.EndUtc, 3, Store.Clock.GetUtcNow().UtcDateTime), rule.Hold);
        await using var db = Store.CreateDbContext();
        Assert.Empty(await db.Alerts.ToListAsync(Token));
        var entry = await db.AuditEntries.SingleAsync(e => e.Action == AuditActions.RuleHold, Token);
        Assert.Equal((Actor.System.Id, $"rule:{store.RuleId}"), (entry.ActorId, entry.Subject));
    }

    [Fact]
    public async Task Held_FurtherWindows_ArePlannedAndWait()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var (windowId, _) = await HoldAsync(store);
        Store.Clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(3, await store.PlanAsync());

        Assert.Empty(await store.Ledger.TakeDueAsync(10, Token));
        Assert.All(await store.WindowsAsync(), window => Assert.Null(store.LeaseAsync(window.Id, allowEnded: true).Result));
        var scheduler = await new HealthQueries(Store, Store.Clock).SchedulerAsync(LedgerStore.Delay, Token);
        Assert.Equal((TimeSpan.Zero, 0), (scheduler.Lag, scheduler.Waiting));
        Assert.Equal(HoldOutcome.Released, await Holds.ReleaseAsync(store.RuleId, windowId, HoldDecision.Skip, TestStore.Ada, Token));
        Assert.Equal(3, (await store.Ledger.TakeDueAsync(10, Token)).Count);
    }

    [Fact]
    public async Task ReleaseAsync_Alert_LetsThatWindowAlertAndNoOther()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var (windowId, _) = await HoldAsync(store);
        Assert.Equal(HoldOutcome.Released, await Holds.ReleaseAsync(store.RuleId, windowId, HoldDecision.Alert, TestStore.Ada, Token));
        var lease = await store.LeaseAsync(windowId);
        Assert.True(lease!.IsHoldWaived);

        Assert.Equal(AttemptOutcome.Alerted, (await store.Recorder.CompleteAsync(lease, TooManyRows(lease), Token))!.Outcome);

        Assert.Equal([WindowStatus.Succeeded], (await store.WindowsAsync()).Select(window => window.Status));
        Store.Clock.Advance(TimeSpan.FromHours(1));
        await store.PlanAsync();
        var next = await store.LeaseAsync((await store.WindowsAsync())[1].Id);
        Assert.Equal(AttemptOutcome.Held, (await store.Recorder.CompleteAsync(next!, TooManyRows(next!), Token))!.Outcome);
    }

    [Fact]
    public async Task ReleaseAsync_Skip_LeavesTheWindowOutAndABackfillTakesItUpAgain()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var (windowId, _) = await HoldAsync(store);

        Assert.Equal(HoldOutcome.Released, await Holds.ReleaseAsync(store.RuleId, windowId, HoldDecision.Skip, TestStore.Ada, Token));

        var window = (await store.WindowsAsync()).Single();
        Assert.Equal((WindowStatus.Skipped, "Held with 3 result rows, and skipped by Ada"), (window.Status, window.Outcome));
        Assert.Null((await store.Rules.FindAsync(store.RuleId, Token))!.Hold);
        var filled = await new WindowBackfill(Store, new HistoryLimit(Store, DetectorCatalog.Shipped), Store.Clock).StartAsync(store.RuleId, new BackfillSpan(window.StartUtc.Date.AddHours(10), window.EndUtc, LedgerStore.Delay), TestStore.Ada, Token);
        Assert.Equal(1, filled.Reopened);
    }

    [Theory]
    [InlineData(HoldDecision.Alert)]
    [InlineData(HoldDecision.Skip)]
    public async Task ReleaseAsync_Again_ChangesNothing(HoldDecision decision)
    {
        var store = await LedgerStore.CreateAsync(Store);
        var (windowId, _) = await HoldAsync(store);

        Assert.Equal(HoldOutcome.Released, await Holds.ReleaseAsync(store.RuleId, windowId, decision, TestStore.Ada, Token));
        Assert.Equal(HoldOutcome.NotHeld, await Holds.ReleaseAsync(store.RuleId, windowId, HoldDecision.Skip, TestStore.Ada, Token));
        Assert.Equal(HoldOutcome.NotFound, await Holds.ReleaseAsync(store.RuleId, windowId + 1, decision, TestStore.Ada, Token));
        Assert.Equal(HoldOutcome.NotFound, await Holds.ReleaseAsync(Guid.NewGuid(), windowId, decision, TestStore.Ada, Token));

        await using var db = Store.CreateDbContext();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == AuditActions.RuleRelease, Token));
    }

    [Fact]
    public async Task ReleaseAsync_TwoNodesAtOnce_OneDecides()
    {
        var store = await LedgerStore.CreateAsync(Store);
        await using var other = Store.Another();
        var (windowId, _) = await HoldAsync(store);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() =>
            new RuleHolds(n % 2 == 0 ? Store : other, Store.Clock).ReleaseAsync(store.RuleId, windowId, n % 3 == 0 ? HoldDecision.Alert : HoldDecision.Skip, TestStore.Ada, Token))));

        Assert.Single(outcomes, outcome => outcome is HoldOutcome.Released);
        await using var db = Store.CreateDbContext();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == AuditActions.RuleRelease, Token));
    }

    [Fact]
    public async Task SaveAsync_NewVersion_EndsTheHoldAndJudgesTheWindowAgain()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var (windowId, _) = await HoldAsync(store);

        Assert.Equal(RuleSaveOutcome.Saved, (await store.Rules.SaveAsync(store.RuleId, 1, LedgerStore.Definition with { TriggerThreshold = 9 }, "", TestStore.Ada, Token)).Outcome);

        Assert.Null((await store.Rules.FindAsync(store.RuleId, Token))!.Hold);
        var lease = await store.LeaseAsync(windowId);
        Assert.False(lease!.IsHoldWaived);
        Assert.Equal(2, lease.Rule.Version);
    }

    [Fact]
    public async Task SetEnabledAsync_Disabled_EndsTheHoldAndSkipsTheWindow()
    {
        var store = await LedgerStore.CreateAsync(Store);
        await HoldAsync(store);

        await store.Rules.SetEnabledAsync(store.RuleId, enabled: false, TestStore.Ada, Token);

        Assert.Equal((WindowStatus.Skipped, "The rule was disabled by Ada before anybody decided of this window"), (await store.WindowsAsync()).Select(window => (window.Status, window.Outcome!)).Single());
        Assert.Null((await store.Rules.FindAsync(store.RuleId, Token))!.Hold);
    }

    [Fact]
    public async Task CompleteAsync_EverythingAlertedBefore_IsNotHeld()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        var first = await store.LeaseAsync(windowId);
        await store.Recorder.CompleteAsync(first!, LedgerStore.Alerting(first!, "a", "b", "c"), Token);
        var again = await store.LeaseAsync(windowId, allowEnded: true);

        Assert.Equal(AttemptOutcome.AlreadyAlerted, (await store.Recorder.CompleteAsync(again!, TooManyRows(again!), Token))!.Outcome);
    }

    [Fact]
    public async Task CompleteAsync_FurtherRowsThatAreTooMany_HoldAndExtendNothing()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        var first = await store.LeaseAsync(windowId);
        await store.Recorder.CompleteAsync(first!, LedgerStore.Alerting(first!, "a"), Token);
        var again = await store.LeaseAsync(windowId, allowEnded: true);

        Assert.Equal(AttemptOutcome.Held, (await store.Recorder.CompleteAsync(again!, TooManyRows(again!), Token))!.Outcome);

        await using var db = Store.CreateDbContext();
        Assert.Equal(1, (await db.Alerts.SingleAsync(Token)).ResultCount);
        Assert.Equal(1, await db.EvidenceRows.CountAsync(Token));
    }

    [Fact]
    public async Task CompleteAsync_SecondWindowTooLarge_WaitsBehindTheFirst()
    {
        var store = await LedgerStore.CreateAsync(Store);
        Store.Clock.SetUtcNow(new DateTimeOffset(LedgerStore.Start.Date.AddHours(12).AddMinutes(5)));
        Assert.Equal(2, await store.PlanAsync());
        var windows = await store.WindowsAsync();
        var first = await store.LeaseAsync(windows[0].Id);
        var second = await store.LeaseAsync(windows[1].Id);

        await store.Recorder.CompleteAsync(first!, TooManyRows(first!), Token);
        var run = await store.Recorder.CompleteAsync(second!, TooManyRows(second!), Token);

        Assert.Equal($"{TooMany}; another window holds the rule already, and this one is evaluated again after it", run!.Sentence);
        Assert.Equal([WindowStatus.Held, WindowStatus.Due], (await store.WindowsAsync()).Select(window => window.Status));
        Assert.Equal(windows[0].Id, (await store.Rules.FindAsync(store.RuleId, Token))!.Hold!.WindowId);
    }

    [Fact]
    public async Task CompleteAsync_VersionSavedMeanwhile_LeavesTheWindowToIt()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var lease = await store.LeaseAsync(await store.PlanOneAsync());
        await store.Rules.SaveAsync(store.RuleId, 1, LedgerStore.Definition with { HoldAbove = null }, "", TestStore.Ada, Token);

        Assert.Equal(AttemptOutcome.Held, (await store.Recorder.CompleteAsync(lease!, TooManyRows(lease!), Token))!.Outcome);

        Assert.Equal(WindowStatus.Due, (await store.WindowsAsync()).Single().Status);
        Assert.Null((await store.Rules.FindAsync(store.RuleId, Token))!.Hold);
    }

    [Fact]
    public async Task RetentionSweep_OldHeldWindow_StaysUntilSomebodyDecides()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var (windowId, _) = await HoldAsync(store);
        Store.Clock.Advance(TimeSpan.FromDays(1000));

        await new RetentionSweep(Store, Store.Dialect, Store.Clock).RunAsync(new RetentionPolicy(), Actor.System, Token);

        Assert.Equal(windowId, (await store.WindowsAsync()).Single().Id);
    }

    [Fact]
    public async Task FindAsync_DefinitionStoredBeforeTheField_HasTheDefaultAndSavingItIsNoChange()
    {
        var store = await LedgerStore.CreateAsync(Store);
        await using (var db = Store.CreateDbContext())
        {
            var json = (await db.RuleVersions.AsNoTracking().SingleAsync(Token)).Definition;
            Assert.Contains("\"holdAbove\":1000", json, StringComparison.Ordinal);
            var old = json.Replace(",\"holdAbove\":1000", "", StringComparison.Ordinal);
            await db.RuleVersions.ExecuteUpdateAsync(set => set.SetProperty(v => v.Definition, old), Token);
        }

        var rule = (await store.Rules.FindAsync(store.RuleId, Token))!;

        Assert.Equal(1000, rule.Definition.HoldAbove);
        Assert.Equal(RuleSaveOutcome.Unchanged, (await store.Rules.SaveAsync(store.RuleId, 1, rule.Definition, "", TestStore.Ada, Token)).Outcome);
        await store.Rules.SaveAsync(store.RuleId, 1, rule.Definition with { HoldAbove = null }, "", TestStore.Ada, Token);
        Assert.Null((await store.Rules.FindAsync(store.RuleId, Token))!.Definition.HoldAbove);
    }

    private static EvaluatedWindow TooManyRows(WindowLease lease) => LedgerStore.Alerting(lease, "a", "b", "c") with { Hold = TooMany };

    private static async Task<(long WindowId, RecordedRun? Run)> HoldAsync(LedgerStore store)
    {
        var windowId = await store.PlanOneAsync();
        var lease = await store.LeaseAsync(windowId);
        return (windowId, await store.Recorder.CompleteAsync(lease!, TooManyRows(lease!), Token));
    }
}

public sealed class SqliteRuleHoldsTests() : RuleHoldsTests(StoreKind.Sqlite);

public sealed class SqlServerRuleHoldsTests() : RuleHoldsTests(StoreKind.SqlServer);
