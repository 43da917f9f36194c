using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Pins;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Pins;

/// <summary>Putting pins on alerts and taking them off.</summary>
public abstract class AlertPinsTests(StoreKind kind) : StoreTests(kind)
{
    [Fact]
    public async Task Pin_ThenChangedAndTakenOff_IsInTheLogAndTheTrail()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        var seen = new AlertReference(shelf.AlertId, 1);

        TriageResult pinned = await shelf.Pins.PinAsync(seen, PinKind.MustFire, " the real one ", TestStore.Ada, default);
        AlertItem item = (await new AlertDetailQueries(Store).FindAsync(seen.Id, default))!.Alert;
        TriageResult same = await shelf.Pins.PinAsync(item.Reference, PinKind.MustFire, "the real one", TestStore.Ada, default);
        TriageResult changed = await shelf.Pins.PinAsync(item.Reference, PinKind.MustNotFire, null, TestStore.Ada, default);
        TriageResult off = await shelf.Pins.UnpinAsync(new AlertReference(seen.Id, 3), TestStore.Ada, default);
        TriageResult again = await shelf.Pins.UnpinAsync(new AlertReference(seen.Id, 4), TestStore.Ada, default);

        Assert.Equal([TriageOutcome.Changed, TriageOutcome.Unchanged, TriageOutcome.Changed, TriageOutcome.Changed, TriageOutcome.Unchanged], new[] { pinned, same, changed, off, again }.Select(result => result.Outcome));
        Assert.Equal(new PinItem(PinKind.MustFire, Store.Clock.GetUtcNow().UtcDateTime, "Ada", "the real one"), item.Pin);
        AlertDetails details = (await new AlertDetailQueries(Store).FindAsync(seen.Id, default))!;
        Assert.Null(details.Alert.Pin);
        Assert.Equal(
            [(ActivityKind.Raised, null, null, null), (ActivityKind.Pinned, null, "MustFire", "the real one"), (ActivityKind.Pinned, "MustFire", "MustNotFire", null), (ActivityKind.Unpinned, "MustNotFire", null, null)],
            details.Activities.Select(activity => (activity.Kind, activity.From, activity.To, activity.Comment)));
        await using PortalDbContext db = Store.CreateDbContext();
        Assert.Equal([AuditActions.AlertPin, AuditActions.AlertPin, AuditActions.AlertUnpin], await db.AuditEntries.Where(entry => entry.Subject == $"alert:{seen.Id}").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Pin_OnSightOfAnOlderVersion_IsConflictThatTellsWhatHappened()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        await new AlertTriage(Store, Store.Clock).CommentAsync(new AlertReference(shelf.AlertId, 1), "Look.", TestStore.Ada, default);

        TriageResult result = await shelf.Pins.PinAsync(new AlertReference(shelf.AlertId, 1), PinKind.MustFire, null, TestStore.Ada, default);

        Assert.Equal((TriageOutcome.Conflict, 2), (result.Outcome, result.Version));
        Assert.Equal(ActivityKind.Commented, Assert.Single(result.Meanwhile).Kind);
    }

    [Fact]
    public async Task Pin_ByTwoAtOnce_OneWins()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        var overtaken = new OvertakenStore(Store, () => shelf.PinAsync(PinKind.MustNotFire));

        TriageResult result = await new AlertPins(overtaken, Store.Clock).PinAsync(new AlertReference(shelf.AlertId, 1), PinKind.MustFire, null, TestStore.Ada, default);

        Assert.Equal(TriageOutcome.Conflict, result.Outcome);
        Assert.Equal(PinKind.MustNotFire, (await new AlertDetailQueries(Store).FindAsync(shelf.AlertId, default))!.Alert.Pin!.Kind);
    }

    [Fact]
    public async Task Pin_WhileTheSchedulerTouchesTheRule_IsWritten()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        var overtaken = new OvertakenStore(Store, async () => Assert.NotEqual(0, await PlanAsync(shelf)));

        TriageResult result = await new AlertPins(overtaken, Store.Clock).PinAsync(new AlertReference(shelf.AlertId, 1), PinKind.MustFire, null, TestStore.Ada, default);

        Assert.Equal(TriageOutcome.Changed, result.Outcome);
    }

    [Fact]
    public async Task Pin_NoteTooLongOrRuleFullOrNoAlert_IsRefusedInWords()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        IReadOnlyList<AlertReference> seen = await Store.RaiseAsync(Enumerable.Range(0, AlertPin.MostOfRule).Select(_ => new AlertSeed { RuleId = PinShelf.RuleId, Rows = 1 }));
        foreach (AlertReference alert in seen)
        {
            Assert.Equal(TriageOutcome.Changed, (await shelf.Pins.PinAsync(alert, PinKind.MustFire, null, TestStore.Ada, default)).Outcome);
        }

        var one = new AlertReference(shelf.AlertId, 1);
        Assert.Equal(TriageOutcome.TooManyPins, (await shelf.Pins.PinAsync(one, PinKind.MustFire, null, TestStore.Ada, default)).Outcome);
        Assert.Equal(TriageOutcome.BadNote, (await shelf.Pins.PinAsync(one, PinKind.MustFire, new string('x', AlertPin.MaxNoteLength + 1), TestStore.Ada, default)).Outcome);
        Assert.Equal(TriageOutcome.NotFound, (await shelf.Pins.UnpinAsync(new AlertReference(9_999, 1), TestStore.Ada, default)).Outcome);
        Assert.Equal(AlertPin.MostOfRule, (await Store.Pins.JudgeAsync(PinShelf.RuleId, PinShelf.Rule, null, default)).Pins.Count);
    }

    [Fact]
    public async Task Pin_OfAnAlertThatRetentionTakes_GoesWithIt()
    {
        PinShelf shelf = await PinShelf.CreateAsync(Store);
        await shelf.PinAsync(PinKind.MustFire);
        await new AlertTriage(Store, Store.Clock).CloseAsync(new AlertReference(shelf.AlertId, 2), new ClosingVerdict(Classification.TruePositive, ClassificationReason.SuspiciousActivity), null, TestStore.Ada, default);
        Store.Clock.Advance(TimeSpan.FromDays(731));

        await new RetentionSweep(Store, Store.Dialect, Store.Clock).RunAsync(new RetentionPolicy(), TestStore.Ada, default);

        await using PortalDbContext db = Store.CreateDbContext();
        Assert.Equal((0, 0), (await db.Alerts.CountAsync(TestContext.Current.CancellationToken), await db.AlertPins.CountAsync(TestContext.Current.CancellationToken)));
    }

    private async Task<int> PlanAsync(PinShelf shelf)
    {
        Store.Clock.Advance(TimeSpan.FromHours(2));
        return await new WindowLedger(Store, shelf.Rules, Store.Clock).PlanAsync(PinShelf.RuleId, TimeSpan.Zero, TimeSpan.FromDays(7), default);
    }
}

public sealed class SqliteAlertPinsTests() : AlertPinsTests(StoreKind.Sqlite);

public sealed class SqlServerAlertPinsTests() : AlertPinsTests(StoreKind.SqlServer);
