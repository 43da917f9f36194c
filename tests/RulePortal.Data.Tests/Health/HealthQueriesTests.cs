using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Health;

public abstract class HealthQueriesTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly DateTime Day = LedgerStore.Start.Date;
    private static readonly TimeSpan Delay = LedgerStore.Delay;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HealthQueries Queries => new(Store, Store.Clock);

    [Fact]
    public async Task Scheduler_NoRule_HasNoLag() => Assert.Equal(new SchedulerState(TimeSpan.Zero, null, null, 0, 0), await Queries.SchedulerAsync(Delay, Cancellation));

    [Fact]
    public async Task Scheduler_WindowNotPlanned_LagsFromWhenItWasDue()
    {
        var store = await LedgerStore.CreateAsync(Store);
        SetTime(11, 5);
        Assert.Equal(TimeSpan.Zero, (await Queries.SchedulerAsync(Delay, Cancellation)).Lag);

        SetTime(11, 30);

        Assert.Equal(new SchedulerState(TimeSpan.FromMinutes(25), new RuleReference(store.RuleId, "Rare connections"), Day.AddHours(11), 0, 0), await Queries.SchedulerAsync(Delay, Cancellation));
    }

    [Fact]
    public async Task Scheduler_WindowPlannedAndNotStarted_LagsTheSame()
    {
        var store = await LedgerStore.CreateAsync(Store);
        SetTime(11, 30);
        await store.PlanAsync();

        var state = await Queries.SchedulerAsync(Delay, Cancellation);

        Assert.Equal((TimeSpan.FromMinutes(25), 1, 0), (state.Lag, state.Waiting, state.Running));
    }

    [Fact]
    public async Task Scheduler_WindowRunning_LagsFromTheEndOfItsLease()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var window = await store.PlanOneAsync();
        Assert.NotNull(await store.LeaseAsync(window));
        SetTime(11, 15);
        var running = await Queries.SchedulerAsync(Delay, Cancellation);
        SetTime(11, 27);

        var lost = await Queries.SchedulerAsync(Delay, Cancellation);

        Assert.Equal((TimeSpan.Zero, 0, 1), (running.Lag, running.Waiting, running.Running));
        Assert.Equal((TimeSpan.FromMinutes(10), 0), (lost.Lag, lost.Running));
    }

    [Fact]
    public async Task Scheduler_WindowToBeTriedAgain_LagsFromThen()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var lease = await store.LeaseAsync(await store.PlanOneAsync());
        await store.Recorder.FailAsync(lease!, new EvaluationFault("Away", "x", IsRuleFault: false, Day.AddHours(11).AddMinutes(20), 5), Cancellation);
        SetTime(11, 19);
        Assert.Equal(TimeSpan.Zero, (await Queries.SchedulerAsync(Delay, Cancellation)).Lag);

        SetTime(11, 22);

        Assert.Equal(TimeSpan.FromMinutes(2), (await Queries.SchedulerAsync(Delay, Cancellation)).Lag);
    }

    [Fact]
    public async Task Scheduler_OldWindowsMissed_WaitWithoutBeingLag()
    {
        var store = await LedgerStore.CreateAsync(Store);
        SetTime(15, 6);
        await store.PlanAsync();
        var newest = (await store.WindowsAsync())[^1];
        await EndAsync(store, newest.Id, AttemptKind.Scheduled);

        var state = await Queries.SchedulerAsync(Delay, Cancellation);

        Assert.Equal((TimeSpan.Zero, 4), (state.Lag, state.Waiting));
    }

    [Fact]
    public async Task Scheduler_DisabledRule_HasNoLag()
    {
        var store = await LedgerStore.CreateAsync(Store);
        await store.Rules.SetEnabledAsync(store.RuleId, enabled: false, Actor.System, Cancellation);
        SetTime(15, 0);

        Assert.Equal(TimeSpan.Zero, (await Queries.SchedulerAsync(Delay, Cancellation)).Lag);
    }

    [Fact]
    public async Task Slowest_Runs_AreRankedByTheirSlowest()
    {
        var store = await LedgerStore.CreateAsync(Store);
        SetTime(16, 6);
        await store.PlanAsync();
        foreach (var (window, milliseconds) in (await store.WindowsAsync()).Zip([10, 20, 30, 40, 50, 1000]))
        {
            var lease = await store.LeaseAsync(window.Id);
            store.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await store.Recorder.CompleteAsync(lease!, LedgerStore.Quiet(lease!), Cancellation);
        }

        var slowest = Assert.Single(await Queries.SlowestAsync(5, Cancellation));

        Assert.Equal((6, 30d, 1000d, 1000d), (slowest.Runs, slowest.Median.TotalMilliseconds, slowest.P95.TotalMilliseconds, slowest.Max.TotalMilliseconds));
        store.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Empty(await Queries.SlowestAsync(5, Cancellation));
    }

    [Fact]
    public async Task Faults_OfAWeek_AreCountedByRuleWithTheLast()
    {
        var store = await LedgerStore.CreateAsync(Store);
        var window = await store.PlanOneAsync();
        foreach (var sentence in (string[])["First", "Second"])
        {
            var lease = await store.LeaseAsync(window);
            await store.Recorder.FailAsync(lease!, new EvaluationFault(sentence, "x", IsRuleFault: false, Store.Clock.GetUtcNow().UtcDateTime, 5), Cancellation);
            store.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var fault = Assert.Single(await Queries.FaultsAsync(Cancellation));

        Assert.Equal((2, AttemptOutcome.TransientFault, "Second"), (fault.Count, fault.LastOutcome, fault.LastSentence));
    }

    [Fact]
    public async Task Growth_HoursOfDays_IsTheAverageOfWholeDaysWithRows()
    {
        Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(9)));
        await using (var db = Store.CreateDbContext())
        {
            db.ConnectionHours.AddRange(
                new ConnectionHour { HourUtc = Day.AddDays(-20), Rows = 1_000 },
                new ConnectionHour { HourUtc = Day.AddDays(-2), Rows = 100 },
                new ConnectionHour { HourUtc = Day.AddDays(-2).AddHours(1), Rows = 100 },
                new ConnectionHour { HourUtc = Day.AddDays(-1), Rows = 400 },
                new ConnectionHour { HourUtc = Day, Rows = 7 });
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.Equal(new StoreGrowth(1_607, 300, Day.AddDays(-20)), await Queries.GrowthAsync(Cancellation));
    }

    [Fact]
    public async Task Growth_EmptyStore_IsNone() => Assert.Equal(new StoreGrowth(0, 0, null), await Queries.GrowthAsync(Cancellation));

    [Fact]
    public async Task SizeOfTheStore_Measured_IsMoreThanNothing()
    {
        await using var db = Store.CreateDbContext();
        var sql = db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal) ? StoreSizeSql.Sqlite : StoreSizeSql.SqlServer;

        Assert.True(await db.Database.SqlQueryRaw<long>(sql).SingleAsync(Cancellation) > 100_000);
    }

    private void SetTime(int hour, int minute) => Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(hour).AddMinutes(minute)));

    private static async Task EndAsync(LedgerStore store, long window, AttemptKind kind)
    {
        var lease = await store.Ledger.LeaseAsync(new LeaseRequest(window, kind, Actor.System, "worker", TimeSpan.FromMinutes(12), AllowEnded: false), Cancellation);
        await store.Recorder.CompleteAsync(lease!, LedgerStore.Quiet(lease!), Cancellation);
    }
}

public sealed class SqliteOperationsQueriesTests() : HealthQueriesTests(StoreKind.Sqlite);

public sealed class SqlServerOperationsQueriesTests() : HealthQueriesTests(StoreKind.SqlServer);
