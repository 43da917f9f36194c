using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Tests.Ledger;

/// <summary>Rows that come or go after a window was evaluated. The window is that from 10:20 to 11:00, whose detector looks at 10:00 to 11:00 and 30 days back.</summary>
public abstract class LateWindowsTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly DateTime End = LedgerStore.Start.Date.AddHours(11);

    private LateWindows Late => new(Store, Store.Clock);

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-60, true)]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Store_RowAfterTheEvaluation_MarksTheWindowWhoseOwnRowItIs(int minutes, bool marked)
    {
        var ledger = await EvaluatedAsync();

        await ImportAsync(End.AddMinutes(minutes));

        var window = (await ledger.WindowsAsync()).Single();
        Assert.Equal(marked ? (LateVerdict.Pending, 2L) : (null, (long?)null), (window.LateVerdict, window.LateBatchSeq));
        Assert.Equal(marked ? 1 : 0, (await Late.TakeAsync(10, TestContext.Current.CancellationToken)).Count);
        Assert.Empty(await Late.TakeAsync(10, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Store_WhileTheWindowIsEvaluated_MarksItUnlessTheEvaluationSawTheBatch(long seen, bool marked)
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        var windowId = await ledger.PlanOneAsync();
        await ImportAsync(End.AddMinutes(-5));
        var lease = await ledger.LeaseAsync(windowId);
        await ImportAsync(End.AddMinutes(-4));

        await ledger.Recorder.CompleteAsync(lease!, Seeing(LedgerStore.Quiet(lease!), seen), TestContext.Current.CancellationToken);

        Assert.Equal(marked ? LateVerdict.Pending : null, (await ledger.WindowsAsync()).Single().LateVerdict);
    }

    [Fact]
    public async Task Store_WhileTheWindowIsEvaluated_RowsOfOtherHoursDoNotMarkIt()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        var lease = await ledger.LeaseAsync(await ledger.PlanOneAsync());
        await ImportAsync(End.AddMinutes(3));

        await ledger.Recorder.CompleteAsync(lease!, Seeing(LedgerStore.Quiet(lease!), 0), TestContext.Current.CancellationToken);

        Assert.Null((await ledger.WindowsAsync()).Single().LateVerdict);
    }

    [Theory]
    [InlineData(-31 * 24 * 60, false)]
    [InlineData(-29 * 24 * 60, true)]
    [InlineData(-5, true)]
    [InlineData(5, false)]
    public async Task Withdraw_BatchThatTheEvaluationRead_MarksTheWindowAlsoWhenItOnlyLookedBackOnIt(int minutes, bool marked)
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        var windowId = await ledger.PlanOneAsync();
        await ImportAsync(End.AddMinutes(minutes));
        var lease = await ledger.LeaseAsync(windowId);
        await ledger.Recorder.CompleteAsync(lease!, Seeing(LedgerStore.Quiet(lease!), 1), TestContext.Current.CancellationToken);

        await new BatchWithdrawal(Store, Store.Dialect, Store.Clock).WithdrawAsync(1, TestStore.Ada, TestContext.Current.CancellationToken);

        var window = (await ledger.WindowsAsync()).Single();
        Assert.Equal(marked ? (LateVerdict.Pending, 1L) : (null, (long?)null), (window.LateVerdict, window.WithdrawnBatchSeq));
    }

    [Fact]
    public async Task JudgeAsync_NothingNewToAlert_IsUnchangedOrChangedAndWritesNoAlert()
    {
        var ledger = await EvaluatedAsync();
        var lease = await AnyLeaseAsync(ledger);

        Assert.Equal(LateVerdict.Unchanged, await JudgeAsync(LedgerStore.Quiet(lease)));
        Assert.Equal(LateVerdict.Changed, await JudgeAsync(LedgerStore.Quiet(lease) with { ResultCount = 3, Sentence = "3 result rows." }));

        var window = (await ledger.WindowsAsync()).Single();
        Assert.Equal("No new alert, but other numbers: 3 result rows.", window.LateSentence);
        Assert.Single(await ledger.AttemptsAsync());
    }

    [Fact]
    public async Task JudgeAsync_MoreThanWasAlerted_WouldAlertUntilItIsEvaluatedAgain()
    {
        var ledger = await EvaluatedAsync();
        var lease = await AnyLeaseAsync(ledger);

        Assert.Equal(LateVerdict.WouldAlert, await JudgeAsync(LedgerStore.Alerting(lease, "a", "b")));
        Assert.Equal("Would now alert (1 new alert): 2 result rows.", (await ledger.WindowsAsync()).Single().LateSentence);
        await using var db = Store.CreateDbContext();
        Assert.Empty(await db.Alerts.ToListAsync(TestContext.Current.CancellationToken));

        var again = await ledger.LeaseAsync(lease.WindowId, allowEnded: true);
        await ledger.Recorder.CompleteAsync(again!, LedgerStore.Alerting(again!, "a", "b"), TestContext.Current.CancellationToken);
        Assert.Null((await ledger.WindowsAsync()).Single().LateVerdict);

        Assert.Equal(LateVerdict.Unchanged, await JudgeAsync(LedgerStore.Alerting(lease, "b", "a")));
        Assert.Equal(LateVerdict.WouldAlert, await JudgeAsync(LedgerStore.Alerting(lease, "a", "b", "c")));
        Assert.Equal("Would now alert (1 alert would get new rows): 3 result rows.", (await ledger.WindowsAsync()).Single().LateSentence);
        Assert.Equal(LateVerdict.Changed, await JudgeAsync(LedgerStore.Quiet(lease)));
        Assert.StartsWith("Would no longer alert; what was alerted stays", (await ledger.WindowsAsync()).Single().LateSentence, StringComparison.Ordinal);
        Assert.Single(await db.Alerts.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task JudgeAsync_MarkedAgainMeanwhile_KeepsTheMark()
    {
        var ledger = await EvaluatedAsync();
        await ImportAsync(End.AddMinutes(-30));
        var taken = Assert.Single(await Late.TakeAsync(10, TestContext.Current.CancellationToken));
        await ImportAsync(End.AddMinutes(-29));

        Assert.Null(await Late.JudgeAsync(taken, LedgerStore.Quiet(await AnyLeaseAsync(ledger)), TestContext.Current.CancellationToken));

        Assert.Equal((LateVerdict.Pending, 3L), ((await ledger.WindowsAsync()).Single() is var window ? (window.LateVerdict, window.LateBatchSeq) : default));
        Assert.Single(await Late.TakeAsync(10, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(-1, LateVerdict.WouldAlert)]
    [InlineData(0, LateVerdict.WouldAlert)]
    [InlineData(1, LateVerdict.BeyondRetention)]
    public async Task JudgeAsync_LookbackThatRetentionTouched_IsNotJudged(int hoursLetGo, LateVerdict expected)
    {
        var ledger = await EvaluatedAsync();
        var lease = await AnyLeaseAsync(ledger);
        await using (var db = Store.CreateDbContext())
        {
            db.RetentionMarks.Add(new RetentionMark { Part = nameof(RetentionPart.Connections), KeptFromUtc = End.AddDays(-30).AddHours(hoursLetGo) });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(expected, await JudgeAsync(Seeing(LedgerStore.Alerting(lease, "a"), 2)));
    }

    [Fact]
    public async Task TakeAsync_DisabledRule_IsLeftAlone()
    {
        var ledger = await EvaluatedAsync();
        await ImportAsync(End.AddMinutes(-30));
        await ledger.Rules.SetEnabledAsync(ledger.RuleId, enabled: false, TestStore.Ada, TestContext.Current.CancellationToken);

        Assert.False(await Late.AnyAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await Late.TakeAsync(10, TestContext.Current.CancellationToken));
    }

    private static EvaluatedWindow Seeing(EvaluatedWindow evaluation, long seq) => evaluation with { MaxBatchSeq = seq, LookbackFromUtc = evaluation.Window.EndUtc.AddDays(-30) };

    private static async Task<WindowLease> AnyLeaseAsync(LedgerStore ledger)
    {
        var window = (await ledger.WindowsAsync()).Single();
        return new WindowLease(window.Id, ledger.RuleId, window.EndUtc, window.FencingToken, 1, 1, (await ledger.Rules.FindAsync(ledger.RuleId, CancellationToken.None))!);
    }

    private async Task<LateVerdict?> JudgeAsync(EvaluatedWindow evaluation)
    {
        await ImportAsync(End.AddMinutes(-30));
        var taken = Assert.Single(await Late.TakeAsync(10, TestContext.Current.CancellationToken));
        return await Late.JudgeAsync(taken, evaluation, TestContext.Current.CancellationToken);
    }

    /// <summary>A window that was evaluated over batch 1, without an alert.</summary>
    private async Task<LedgerStore> EvaluatedAsync()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        await ImportAsync(End.AddMinutes(-55));
        var lease = await ledger.LeaseAsync(await ledger.PlanOneAsync());
        await ledger.Recorder.CompleteAsync(lease!, Seeing(LedgerStore.Quiet(lease!), 1), TestContext.Current.CancellationToken);
        return ledger;
    }

    private async Task ImportAsync(DateTime at)
    {
        VmConnection[] rows = [new VmConnection { TimeGenerated = at, Direction = "outbound", Computer = "vm-01" }];
        var facts = new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = Guid.NewGuid().ToString("N") };
        Assert.Equal(BatchStatus.Stored, (await Store.Importer.ImportAsync(facts, rows.ToAsyncEnumerable(), CancellationToken.None)).Status);
    }
}

public sealed class LateWindowsOnSqliteTests() : LateWindowsTests(StoreKind.Sqlite);

public sealed class LateWindowsOnSqlServerTests() : LateWindowsTests(StoreKind.SqlServer);
