using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Ledger;

public abstract class WindowLedgerTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly DateTime Day = LedgerStore.Start.Date;

    [Fact]
    public async Task PlanAsync_BeforeTheDelayIsOver_AddsNothing()
    {
        var store = await LedgerStore.CreateAsync(Store);
        store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(11).AddMinutes(4).AddSeconds(59)));

        Assert.Equal(0, await store.PlanAsync());
        Assert.Empty(await store.WindowsAsync());
    }

    [Fact]
    public async Task PlanAsync_ManyTimes_EachEndOnceWithoutGap()
    {
        var store = await LedgerStore.CreateAsync(Store);
        for (var minute = 0; minute < 600; minute += 37)
        {
            store.Clock.SetUtcNow(new DateTimeOffset(LedgerStore.Start.AddMinutes(minute)));
            await store.PlanAsync();
            await store.PlanAsync();
        }

        var windows = await store.WindowsAsync();
        Assert.Equal(Day.AddHours(11), windows[0].EndUtc);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.EndUtc, pair.Second.StartUtc));
        Assert.All(windows.Skip(1), window => Assert.Equal(TimeSpan.FromHours(1), window.EndUtc - window.StartUtc));
    }

    [Fact]
    public async Task PlanAsync_AfterTenDaysDown_FillsSevenAndSkipsTheRest()
    {
        var store = await LedgerStore.CreateAsync(Store);
        store.Clock.SetUtcNow(new DateTimeOffset(LedgerStore.Start.AddDays(10)));

        await store.PlanAsync();

        var windows = await store.WindowsAsync();
        Assert.Equal(240, windows.Count);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.EndUtc, pair.Second.StartUtc));
        var due = windows.Where(w => w.Status == WindowStatus.Due).ToList();
        Assert.InRange(due.Count, 167, 169);
        Assert.All(windows.Except(due), w => Assert.Equal(WindowStatus.Skipped, w.Status));
        Assert.All(due, w => Assert.True(w.EndUtc >= store.Clock.GetUtcNow().UtcDateTime - LedgerStore.CatchUp));
    }

    [Theory]
    [InlineData(60, "10:15-11:00 11:00-12:00")]
    [InlineData(120, "10:15-11:00 11:00-12:00")]
    public async Task PlanAsync_EnabledAgainAfterTheClockStepsBack_CoversTheTimeOnce(int frequency, string expected)
    {
        var store = await LedgerStore.CreateAsync(Store);
        await store.PlanOneAsync();
        store.Clock.AdjustTime(new DateTimeOffset(Day.AddHours(10).AddMinutes(15)));
        var saved = await store.Rules.SaveAsync(store.RuleId, 1, LedgerStore.Definition with { QueryFrequency = TimeSpan.FromMinutes(frequency) }, "", TestStore.Ada, TestContext.Current.CancellationToken);
        Assert.Empty(saved.Errors);
        foreach (var enabled in new[] { false, true })
        {
            await store.Rules.SetEnabledAsync(store.RuleId, enabled, TestStore.Ada, TestContext.Current.CancellationToken);
        }

        store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(12).AddMinutes(6)));
        await store.PlanAsync();
        await store.PlanAsync();

        Assert.Equal(expected, string.Join(' ', (await store.WindowsAsync()).Select(window => $"{window.StartUtc:HH:mm}-{window.EndUtc:HH:mm}")));
        Assert.All(await store.WindowsAsync(), window => Assert.Equal(WindowStatus.Due, window.Status));
    }

    [Fact]
    public async Task PlanAsync_ClockStepsBackAnHour_NoWindowTwice()
    {
        var store = await LedgerStore.CreateAsync(Store);
        await store.PlanOneAsync();
        var ledger = new WindowLedger(Store, store.Rules, new FakeTimeProvider(new DateTimeOffset(LedgerStore.Start)));

        Assert.Equal(0, await ledger.PlanAsync(store.RuleId, LedgerStore.Delay, LedgerStore.CatchUp, CancellationToken.None));
        Assert.Single(await store.WindowsAsync());
    }

    [Fact]
    public async Task PlanAsync_RuleDisabled_AddsNothingAndSkipsWhatWasDue()
    {
        var store = await LedgerStore.CreateAsync(Store);
        await store.PlanOneAsync();
        await store.Rules.SetEnabledAsync(store.RuleId, enabled: false, Actor.System, CancellationToken.None);
        store.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal(0, await store.PlanAsync());
        Assert.Equal(WindowStatus.Skipped, Assert.Single(await store.WindowsAsync()).Status);
    }

    [Fact]
    public async Task PlanAsync_ReEnabled_TimeSpentDisabledMakesNoWindows()
    {
        var store = await LedgerStore.CreateAsync(Store);
        await store.PlanOneAsync();
        await store.Rules.SetEnabledAsync(store.RuleId, enabled: false, Actor.System, CancellationToken.None);
        store.Clock.Advance(TimeSpan.FromHours(5));
        await store.Rules.SetEnabledAsync(store.RuleId, enabled: true, Actor.System, CancellationToken.None);
        store.Clock.Advance(TimeSpan.FromHours(1));
        await store.PlanAsync();

        Assert.Equal([Day.AddHours(11), Day.AddHours(17)], (await store.WindowsAsync()).Select(w => w.EndUtc));
    }

    [Fact]
    public async Task TakeDueAsync_BehindByDays_NewestFirstThenOldest()
    {
        var store = await LedgerStore.CreateAsync(Store);
        store.Clock.SetUtcNow(new DateTimeOffset(LedgerStore.Start.AddDays(2)));
        await store.PlanAsync();
        var windows = await store.WindowsAsync();

        var taken = await store.Ledger.TakeDueAsync(3, CancellationToken.None);

        Assert.Equal([windows[^1].Id, windows[0].Id, windows[1].Id], taken.Select(w => w.Id));
        Assert.Equal([true, false, false], taken.Select(w => w.IsLive));
    }

    [Fact]
    public async Task TakeDueAsync_TakenAlready_NotAgainUntilForgotten()
    {
        var store = await LedgerStore.CreateAsync(Store);
        await store.PlanOneAsync();

        Assert.Single(await store.Ledger.TakeDueAsync(10, CancellationToken.None));
        Assert.Empty(await store.Ledger.TakeDueAsync(10, CancellationToken.None));
        await store.Ledger.ForgetDispatchedAsync(CancellationToken.None);
        Assert.Single(await store.Ledger.TakeDueAsync(10, CancellationToken.None));
        store.Clock.Advance(WindowLedger.DispatchMemory + TimeSpan.FromSeconds(1));
        Assert.Single(await store.Ledger.TakeDueAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task LeaseAsync_ManyWorkersAtOnce_OneGetsIt()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => store.LeaseAsync(windowId, $"worker {n}"))));

        Assert.Single(leases, lease => lease is not null);
        Assert.Single(await store.AttemptsAsync());
    }

    [Fact]
    public async Task LeaseAsync_LeaseRanOut_NextWorkerTakesItAndTheLostAttemptSaysSo()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var windowId = await store.PlanOneAsync();
        var lost = await store.LeaseAsync(windowId, "killed");
        store.Clock.Advance(TimeSpan.FromMinutes(13));

        Assert.Single(await store.Ledger.TakeDueAsync(10, CancellationToken.None));
        var next = await store.LeaseAsync(windowId, "alive");

        Assert.NotNull(next);
        Assert.True(next.Token > lost!.Token);
        var attempts = await store.AttemptsAsync();
        Assert.Equal([AttemptOutcome.LeaseLost, AttemptOutcome.Running], attempts.Select(a => a.Outcome));
        Assert.Equal(AttemptKind.Retry, attempts[1].Kind);
    }

    [Fact]
    public async Task LastCompleteAsync_EmptyLedger_MakesTheWindowAPersonAskedFor()
    {
        var store = await LedgerStore.CreateAsync(Store);

        var id = await store.Ledger.LastCompleteAsync(store.RuleId, CancellationToken.None);

        var window = Assert.Single(await store.WindowsAsync());
        Assert.Equal(window.Id, id);
        Assert.Equal(Day.AddHours(10), window.EndUtc);
        Assert.Equal(WindowStatus.Due, window.Status);
    }

    [Fact]
    public async Task HastenAsync_EndPassedButNotTheDelay_DueAtOnce()
    {
        var store = await LedgerStore.CreateAsync(Store);
        store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(11).AddMinutes(1)));

        var due = await store.Ledger.HastenAsync(store.RuleId, LedgerStore.CatchUp, CancellationToken.None);

        Assert.Single(due);
        store.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, await store.PlanAsync());
    }
}

public sealed class WindowLedgerOnSqliteTests() : WindowLedgerTests(StoreKind.Sqlite);

public sealed class WindowLedgerOnSqlServerTests() : WindowLedgerTests(StoreKind.SqlServer);
