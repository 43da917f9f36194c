using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Ledger;

/// <summary>Windows that were missed, and spans that a person has filled.</summary>
public abstract class WindowBackfillTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly DateTime Day = LedgerStore.Start.Date;

    private WindowBackfill Backfill => new(Store, new HistoryLimit(Store, DetectorCatalog.Shipped), Store.Clock);

    private GapQueries Gaps => new(Store);

    [Fact]
    public async Task PlanAsync_SeveralWindowsDueAtOnce_AllButTheNewestAreAGap()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(15).AddMinutes(5)));
        await ledger.PlanAsync();

        var gap = Assert.Single((await Gaps.ListAsync(ledger.RuleId, 0, 10, TestContext.Current.CancellationToken)).Items);

        Assert.Equal((LedgerStore.Start, Day.AddHours(14), GapCause.Missed), (gap.StartUtc, gap.EndUtc, gap.Cause));
        Assert.Equal((GapState.Unfilled, 4, 0, 0, 0), (gap.State, gap.Unfilled, gap.Filling, gap.Filled, gap.Skipped));
    }

    [Fact]
    public async Task PlanAsync_EachWindowInTime_IsNoGap()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        foreach (var hour in Enumerable.Range(11, 3))
        {
            Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(hour).AddMinutes(6)));
            Assert.Equal(1, await ledger.PlanAsync());
        }

        Assert.Empty((await Gaps.ListAsync(null, 0, 10, TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task PlanAsync_LongerThanTheCatchUpLimit_SkipsTheOldestAndIsOneGap()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddDays(60)));

        await ledger.PlanAsync();

        var gap = Assert.Single((await Gaps.ListAsync(null, 0, 10, TestContext.Current.CancellationToken)).Items);
        Assert.Equal((LedgerStore.Start, Day.AddDays(60).AddHours(-2)), (gap.StartUtc, gap.EndUtc));
        Assert.Equal((7 * 24, (60 * 24) - 11 - (7 * 24)), (gap.Unfilled + 1, gap.Skipped));
        var windows = await ledger.WindowsAsync();
        Assert.Equal(gap.Unfilled + gap.Skipped + 1, windows.Count);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.EndUtc, pair.Second.StartUtc));
        Assert.Contains("7 d", windows[0].Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gap_AsItsWindowsAreEvaluated_IsFilledTheOldestFirst()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(14).AddMinutes(5)));
        await ledger.PlanAsync();
        var states = new List<GapState>();
        var ends = (await ledger.WindowsAsync()).ToDictionary(window => window.Id, window => window.EndUtc);

        var due = await ledger.Ledger.TakeDueAsync(10, TestContext.Current.CancellationToken);
        foreach (var window in due)
        {
            states.Add((await Gaps.ListAsync(null, 0, 1, TestContext.Current.CancellationToken)).Items[0].State);
            var lease = await ledger.LeaseAsync(window.Id);
            await ledger.Recorder.CompleteAsync(lease!, LedgerStore.Quiet(lease!), TestContext.Current.CancellationToken);
        }

        Assert.Equal([14, 11, 12, 13], due.Select(window => ends[window.Id].Hour));
        Assert.Equal([GapState.Unfilled, GapState.Unfilled, GapState.Filling, GapState.Filling], states);
        Assert.Equal(GapState.Filled, (await Gaps.ListAsync(null, 0, 1, TestContext.Current.CancellationToken)).Items[0].State);
    }

    [Fact]
    public async Task StartAsync_BeforeTheRuleWasEnabled_MakesItsWindowsDueBehindTheLiveOne()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        var live = await ledger.PlanOneAsync();
        var span = new BackfillSpan(Day.AddHours(7), Day.AddHours(12), LedgerStore.Delay);

        var preview = await Backfill.PreviewAsync(ledger.RuleId, span, TestContext.Current.CancellationToken);
        Assert.Single(await ledger.WindowsAsync());
        var started = await Backfill.StartAsync(ledger.RuleId, span, TestStore.Ada, TestContext.Current.CancellationToken);
        var again = await Backfill.StartAsync(ledger.RuleId, span, TestStore.Ada, TestContext.Current.CancellationToken);

        Assert.Equal(new BackfillResult(BackfillOutcome.Previewed, null, Day.AddHours(7), Day.AddHours(11), Added: 3, Waiting: 1), preview);
        Assert.Equal(preview with { Outcome = BackfillOutcome.Started }, started);
        Assert.Equal(new BackfillResult(BackfillOutcome.NothingToDo, null, Day.AddHours(7), Day.AddHours(11), Waiting: 4), again);
        Assert.Equal([8, 9, 10, 11], (await ledger.WindowsAsync()).Select(window => window.EndUtc.Hour));
        Assert.Equal(live, (await ledger.Ledger.TakeDueAsync(10, TestContext.Current.CancellationToken))[0].Id);
        var gap = Assert.Single((await Gaps.ListAsync(ledger.RuleId, 0, 10, TestContext.Current.CancellationToken)).Items);
        Assert.Equal((GapCause.Requested, "Ada"), (gap.Cause, gap.ActorName));
        await using var db = Store.CreateDbContext();
        Assert.Single(await db.AuditEntries.Where(e => e.Action == AuditActions.RuleBackfill).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StartAsync_AcrossWhatRetentionLetGo_LeavesOutTheWindowsThatLookBackOnIt()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(12)));
        await using (var db = Store.CreateDbContext())
        {
            // The rule looks back 30 days: from 9 o'clock on a window sees all of them.
            db.RetentionMarks.Add(new RetentionMark { Part = nameof(RetentionPart.Connections), KeptFromUtc = Day.AddDays(-30).AddHours(9) });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var started = await Backfill.StartAsync(ledger.RuleId, new BackfillSpan(Day.AddHours(5), Day.AddHours(10), LedgerStore.Delay), TestStore.Ada, TestContext.Current.CancellationToken);
        var older = await Backfill.PreviewAsync(ledger.RuleId, new BackfillSpan(Day.AddHours(5), Day.AddHours(8), LedgerStore.Delay), TestContext.Current.CancellationToken);

        Assert.Equal((BackfillOutcome.Started, 2, 3), (started.Outcome, started.Added, started.Beyond));
        Assert.Equal([9, 10], (await ledger.WindowsAsync()).Select(window => window.EndUtc.Hour));
        Assert.Equal((BackfillOutcome.NothingToDo, 0, 3), (older.Outcome, older.Windows, older.Beyond));
    }

    [Fact]
    public async Task StartAsync_SkippedWindows_AreDueAndEvaluatedOnesStay()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddDays(10)));
        await ledger.PlanAsync();
        var skipped = (await ledger.WindowsAsync()).Count(window => window.Status is WindowStatus.Skipped);
        var first = (await ledger.Ledger.TakeDueAsync(1000, TestContext.Current.CancellationToken))[1];
        var lease = await ledger.LeaseAsync(first.Id);
        await ledger.Recorder.CompleteAsync(lease!, LedgerStore.Quiet(lease!), TestContext.Current.CancellationToken);

        var started = await Backfill.StartAsync(ledger.RuleId, new BackfillSpan(LedgerStore.Start, lease!.EndUtc, LedgerStore.Delay), TestStore.Ada, TestContext.Current.CancellationToken);

        Assert.Equal((0, skipped, 1), (started.Added, started.Reopened, started.Evaluated));
        Assert.DoesNotContain(await ledger.WindowsAsync(), window => window.Status is WindowStatus.Skipped);
        Assert.Equal(skipped, (await ledger.Ledger.TakeDueAsync(1000, TestContext.Current.CancellationToken)).Count(window => !window.IsLive));
    }

    [Fact]
    public async Task StartAsync_TimeCoveredByWindowsOfAnotherFrequency_IsLeftOut()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        Store.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(13).AddMinutes(5)));
        await ledger.PlanAsync();
        var saved = await ledger.Rules.SaveAsync(ledger.RuleId, 1, LedgerStore.Definition with { QueryFrequency = TimeSpan.FromMinutes(90) }, "", TestStore.Ada, TestContext.Current.CancellationToken);
        Assert.Empty(saved.Errors);
        Assert.Equal(RuleSaveOutcome.Saved, saved.Outcome);

        var preview = await Backfill.PreviewAsync(ledger.RuleId, new BackfillSpan(Day.AddHours(7.5), Day.AddHours(13.5), LedgerStore.Delay), TestContext.Current.CancellationToken);

        // There are windows from 10:20 to 11:00, 12:00 and 13:00. To 9:00 is free; to 10:30 it shares ten minutes, and to 12:00 is there.
        Assert.Equal((1, 1, 1), (preview.Added, preview.Waiting, preview.Covered));
    }

    [Fact]
    public async Task PreviewAsync_WhatCannotBe_IsSaid()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        var now = Store.Clock.GetUtcNow().UtcDateTime;
        Task<BackfillResult> Preview(Guid rule, DateTime from, DateTime to) => Backfill.PreviewAsync(rule, new BackfillSpan(from, to, LedgerStore.Delay), TestContext.Current.CancellationToken);

        Assert.Equal("The end must be after the beginning.", (await Preview(ledger.RuleId, now, now)).Fault);
        Assert.Equal("The span has more than 2,000 windows, the most of one request; take a shorter one.", (await Preview(ledger.RuleId, now.AddHours(-2001), now)).Fault);
        Assert.Equal("No window of the rule has ended in this span yet.", (await Preview(ledger.RuleId, now.AddHours(1), now.AddHours(5))).Fault);
        Assert.Equal(BackfillOutcome.NotFound, (await Preview(Guid.NewGuid(), now.AddHours(-2), now)).Outcome);
        await ledger.Rules.SetEnabledAsync(ledger.RuleId, enabled: false, TestStore.Ada, TestContext.Current.CancellationToken);
        Assert.Equal(BackfillOutcome.Disabled, (await Preview(ledger.RuleId, now.AddHours(-2), now)).Outcome);
    }
}

public sealed class WindowBackfillOnSqliteTests() : WindowBackfillTests(StoreKind.Sqlite);

public sealed class WindowBackfillOnSqlServerTests() : WindowBackfillTests(StoreKind.SqlServer);
