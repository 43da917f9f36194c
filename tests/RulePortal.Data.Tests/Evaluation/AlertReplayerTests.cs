using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;
using RulePortal.TestSupport;
using static RulePortal.Data.Tests.Evaluation.ReplayBench;

namespace RulePortal.Data.Tests.Evaluation;

public abstract class AlertReplayerTests(StoreKind kind) : StoreTests(kind)
{
    [Fact]
    public async Task ReplayAsync_NothingChanged_IsIdenticalInEveryNumberAndWritesNothing()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(Row(End.AddDays(-3), "Chile", "old"), InWindow("Chile", "nc"), InWindow("Chile", "curl", 99), InWindow("Peru", "ssh"));
        await bench.EvaluateAsync();

        var replay = await bench.ReplayAsync();

        var attempt = Assert.Single(replay.Attempts);
        Assert.Equal((ReplayOutcome.Replayed, ReplayVerdict.Identical, 0), (replay.Outcome, replay.Verdict, attempt.DifferenceCount));
        // Three rows of 18 columns; four measures and the first sight of each, result rows and baseline days of the run.
        Assert.Equal(new ReplayCounts(3, 3, 3, 3, 54, 17), attempt.Counts);
        Assert.Equal("3 result rows with 54 values, and 17 numbers that explain them, every one as it was.", attempt.Sentence);
        Assert.Empty(attempt.Causes);
        Assert.Equal((1, 1, 1, 3), (await bench.CountAsync(db => db.Alerts), await bench.CountAsync(db => db.RuleAttempts), await bench.CountAsync(db => db.Occurrences), await bench.CountAsync(db => db.EvidenceRows)));
    }

    [Fact]
    public async Task ReplayAsync_LaterBatchAndLaterVersion_AreNotWhatItSaw()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();
        await bench.ImportAsync(InWindow("Chile", "late"), InWindow("Peru", "late"));
        await bench.SaveAsync(rule => rule with { SettingsJson = """{"countryThreshold": 0, "tupleThreshold": 0}""", TriggerThreshold = 9 });

        var attempt = Assert.Single((await bench.ReplayAsync()).Attempts);

        Assert.Equal((ReplayVerdict.Identical, 2, 1), (attempt.Verdict, attempt.RuleVersion, attempt.MaxBatchSeq));
    }

    [Fact]
    public async Task ReplayAsync_ExtendedByALaterAttempt_ReplaysEachWithWhatItSaw()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();
        await bench.ImportAsync(InWindow("Peru", "late"));
        await bench.SaveAsync(rule => rule with { SettingsJson = """{"countryThreshold": 3}""" });
        await bench.EvaluateAsync();

        var replay = await bench.ReplayAsync();

        Assert.Equal([(false, 2, 1L, ReplayVerdict.Identical, 1), (true, 3, 2L, ReplayVerdict.Identical, 1)], replay.Attempts.Select(attempt => (attempt.IsExtension, attempt.RuleVersion, attempt.MaxBatchSeq, attempt.Verdict, attempt.Counts!.Rows)));
    }

    [Fact]
    public async Task ReplayAsync_BatchOfTheWindowWithdrawn_NamesRowsAndBatch()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        var gone = await bench.ImportAsync(InWindow("Chile", "nc", sent: 7), InWindow("Peru", "ssh"));
        await bench.EvaluateAsync();
        await new BatchWithdrawal(Store, Store.Dialect, Store.Clock).WithdrawAsync(gone, TestStore.Ada, default);

        var attempt = Assert.Single((await bench.ReplayAsync()).Attempts);

        Assert.Equal(ReplayVerdict.Different, attempt.Verdict);
        var row = Assert.Single(attempt.Differences, difference => difference.Kind is ReplayDifferenceKind.RowOnlyThen);
        Assert.Contains(new ResultColumn("RemoteCountry1", "Peru"), row.Row);
        Assert.Contains(attempt.Differences, difference => difference is { Kind: ReplayDifferenceKind.RowValue, Name: "sum_BytesSent", Then: "17", Now: "10" });
        Assert.Contains(attempt.Differences, difference => difference is { Kind: ReplayDifferenceKind.Run, Name: "Result rows of the whole evaluation", Then: "2", Now: "1" });
        var cause = Assert.Single(attempt.Causes);
        Assert.Equal((ReplayCauseKind.WithdrawnBatch, gone), (cause.Kind, cause.BatchSeq));
        Assert.Contains("was withdrawn on 2026-03-10 11:05 UTC by Ada: its rows are gone, some perhaps of the window itself.", cause.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplayAsync_BatchOfTheHistoryWithdrawn_FindsRowsThatAreNewNow()
    {
        var bench = await CreateAsync(Store);
        var gone = await bench.ImportAsync(Enumerable.Range(1, 6).Select(hour => Row(End.AddHours(-2 - hour), "Peru", "old")));
        await bench.ImportAsync(InWindow("Chile", "nc"), InWindow("Peru", "ssh"));
        await bench.EvaluateAsync();
        await new BatchWithdrawal(Store, Store.Dialect, Store.Clock).WithdrawAsync(gone, TestStore.Ada, default);

        var attempt = Assert.Single((await bench.ReplayAsync()).Attempts);

        Assert.Contains(new ResultColumn("RemoteCountry1", "Peru"), Assert.Single(attempt.Differences, difference => difference.Kind is ReplayDifferenceKind.RowOnlyNow).Row);
        Assert.Contains("all of them of the history before the window", Assert.Single(attempt.Causes).Sentence, StringComparison.Ordinal);
        Assert.Contains(attempt.Notes, note => note.StartsWith("The oldest row stored is another one today", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReplayAsync_BatchWithdrawnBeforeTheRun_IsNoCauseAndNoDifference()
    {
        var bench = await CreateAsync(Store);
        var gone = await bench.ImportAsync(InWindow("Peru", "ssh"));
        await new BatchWithdrawal(Store, Store.Dialect, Store.Clock).WithdrawAsync(gone, TestStore.Ada, default);
        Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();

        Assert.Equal(ReplayVerdict.Identical, (await bench.ReplayAsync()).Verdict);
        var other = Assert.Single((await bench.ReplayAsync(detectors: new DetectorCatalog([ChangedDetector.Finding(_ => [])]))).Attempts);
        Assert.Equal(ReplayCauseKind.DetectorCode, Assert.Single(other.Causes).Kind);
    }

    [Fact]
    public async Task ReplayAsync_RetentionTookTheHistory_SaysSoWithWhatItSays()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(Row(End.AddDays(-20), "Chile", "old"), InWindow("Chile", "nc"));
        await bench.EvaluateAsync();
        await new RetentionSweep(Store, Store.Dialect, Store.Clock).RunAsync(new RetentionPolicy { Connections = TimeSpan.FromDays(10) }, Actor.System, default);

        var attempt = Assert.Single((await bench.ReplayAsync()).Attempts);

        Assert.Equal(ReplayVerdict.Different, attempt.Verdict);
        Assert.Contains(attempt.Differences, difference => difference is { Name: "Rows of the country in the 30 d baseline", Then: "1, limit 5", Now: "0, limit 5" });
        Assert.Contains(attempt.Differences, difference => difference is { Kind: ReplayDifferenceKind.Run, Name: "Days of the baseline that have rows", Then: "1", Now: "0" });
        var cause = Assert.Single(attempt.Causes);
        Assert.Equal(ReplayCauseKind.Retention, cause.Kind);
        Assert.Equal("Retention has removed connections that were generated before 2026-02-28 11:00 UTC, and this evaluation looked back to 2026-02-08 11:00 UTC: 1 batch that it read has lost rows, all of them of the history before the window.", cause.Sentence);
    }

    [Fact]
    public async Task ReplayAsync_RetentionTookWhatItDidNotRead_IsIdentical()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(Row(End.AddDays(-50), "Chile", "old"));
        await bench.ImportAsync(Row(End.AddDays(-20), "Chile", "old"), InWindow("Chile", "nc"));
        await bench.EvaluateAsync();
        await new RetentionSweep(Store, Store.Dialect, Store.Clock).RunAsync(new RetentionPolicy { Connections = TimeSpan.FromDays(40) }, Actor.System, default);

        var attempt = Assert.Single((await bench.ReplayAsync()).Attempts);

        Assert.Equal(ReplayVerdict.Identical, attempt.Verdict);
        Assert.Contains(attempt.Notes, note => note.StartsWith("The oldest row stored is another one today", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReplayAsync_RunsAreGone_ComparesTheRowsAndSaysWhatIsNot()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();
        Store.Clock.Advance(TimeSpan.FromDays(10));
        await new RetentionSweep(Store, Store.Dialect, Store.Clock).RunAsync(new RetentionPolicy { Runs = TimeSpan.FromDays(5) }, Actor.System, default);

        var attempt = Assert.Single((await bench.ReplayAsync()).Attempts);

        Assert.Equal((ReplayVerdict.Identical, 5), (attempt.Verdict, attempt.Counts!.Measures));
        Assert.StartsWith("The run's own record is gone", Assert.Single(attempt.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplayAsync_DetectorGivesOtherNumbers_NamesThemAndBlamesTheCode()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"), InWindow("Peru", "ssh"));
        await bench.EvaluateAsync();
        var other = ChangedDetector.Finding(findings => [findings[0] with { Columns = [.. findings[0].Columns.Select(column => column.Name == "min_TimeGenerated" ? column with { Value = ((DateTime)column.Value!).AddTicks(1) } : column)] }, .. findings.Skip(1)]);

        var attempt = Assert.Single((await bench.ReplayAsync(detectors: new DetectorCatalog([other]))).Attempts);

        var difference = Assert.Single(attempt.Differences);
        Assert.Equal((ReplayDifferenceKind.RowValue, "min_TimeGenerated", "2026-03-10T10:40:00.0000000Z", "2026-03-10T10:40:00.0000001Z"), (difference.Kind, difference.Name, difference.Then, difference.Now));
        Assert.Equal(ReplayCauseKind.DetectorCode, Assert.Single(attempt.Causes).Kind);
    }

    [Fact]
    public async Task ReplayAsync_DetectorFindsNothing_SaysThatItWouldNotAlert()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();

        var attempt = Assert.Single((await bench.ReplayAsync(detectors: new DetectorCatalog([ChangedDetector.Finding(_ => [])]))).Attempts);

        Assert.Equal(("Outcome", "alerted"), (attempt.Differences[0].Name, attempt.Differences[0].Then));
        Assert.Contains("0 result rows did not reach", attempt.Differences[0].Now, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplayAsync_DetectorIsGone_SaysThatItCannot()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();

        var replay = await bench.ReplayAsync(detectors: new DetectorCatalog([]));

        Assert.Equal(ReplayVerdict.Impossible, replay.Verdict);
        Assert.Contains("has no detector", replay.Attempts[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task ReplayAsync_MoreRowsThanAreKept_ComparesWhatIsKeptAndTheNumber()
    {
        var bench = await CreateAsync(Store);
        var first = await bench.ImportAsync(Enumerable.Range(0, 10_001).Select(row => InWindow("Chile", $"process {row:00000}")));
        var second = await bench.ImportAsync(InWindow("Peru", "a"), InWindow("Peru", "b"));
        await bench.EvaluateAsync();

        var same = Assert.Single((await bench.ReplayAsync()).Attempts);
        await new BatchWithdrawal(Store, Store.Dialect, Store.Clock).WithdrawAsync(second, TestStore.Ada, default);
        var other = Assert.Single((await bench.ReplayAsync()).Attempts);

        Assert.Equal((1, 2), (first, second));
        Assert.Equal((ReplayVerdict.IdenticalAsKept, 10_003, 10_000, 10_000), (same.Verdict, same.Counts!.RowsThen, same.Counts.RowsKept, same.Counts.Rows));
        Assert.Contains(same.Notes, note => note.StartsWith("10,000 of 10,003 result rows are kept", StringComparison.Ordinal));
        Assert.Contains(other.Differences, difference => difference is { Name: "Result rows of this alert", Then: "10003", Now: "10001" });
        Assert.DoesNotContain(other.Differences, difference => difference.Kind is ReplayDifferenceKind.RowOnlyNow or ReplayDifferenceKind.RowOnlyThen);
    }

    [Fact]
    public async Task ReplayAsync_AlertForEachRow_ReplaysItsOwnRowsOnly()
    {
        var bench = await CreateAsync(Store, EventGrouping.AlertPerResult);
        await bench.ImportAsync(Enumerable.Range(0, 152).Select(row => InWindow("Chile", $"process {row:000}")));
        var run = await bench.EvaluateAsync();

        var alone = Assert.Single((await bench.ReplayAsync(run.AlertIds[0])).Attempts);
        var rest = Assert.Single((await bench.ReplayAsync(run.AlertIds[^1])).Attempts);

        Assert.Equal((150, ReplayVerdict.Identical, 1), (run.AlertIds.Count, alone.Verdict, alone.Counts!.Rows));
        Assert.Equal((ReplayVerdict.Identical, 3), (rest.Verdict, rest.Counts!.Rows));
    }

    [Fact]
    public async Task ReplayAsync_UnknownAlert_IsNotFound()
    {
        var bench = await CreateAsync(Store);

        Assert.Equal(ReplayOutcome.NotFound, (await bench.ReplayAsync(99)).Outcome);
    }

    [Fact]
    public async Task ReplayAsync_Cancelled_Stops()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Replayer().ReplayAsync(1, new Stopping(stop), stop.Token));
    }

    [Fact]
    public async Task ReplayAsync_TakesTooLong_IsStopped()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();
        await bench.ImportAsync(InWindow("Peru", "late"));
        await bench.EvaluateAsync();

        var replay = await bench.Replayer().ReplayAsync(1, new Delaying(Store.Clock), default);

        Assert.Equal(ReplayOutcome.TimedOut, replay.Outcome);
        Assert.Equal(ReplayOutcome.Replayed, (await bench.ReplayAsync()).Outcome);
    }

    [Fact]
    public async Task ReplayAsync_AlertGoesMeanwhile_IsNotFoundAndNotIdentical()
    {
        var bench = await CreateAsync(Store);
        await bench.ImportAsync(InWindow("Chile", "nc"));
        await bench.EvaluateAsync();

        var replay = await bench.Replayer().ReplayAsync(1, new Removing(Store), default);

        Assert.Equal(ReplayOutcome.NotFound, replay.Outcome);
    }

    private sealed class Removing(TestStore store) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value)
        {
            using var db = store.CreateDbContext();
            db.Alerts.Where(alert => alert.Id == 1).ExecuteDelete();
        }
    }

    private sealed class Delaying(FakeTimeProvider clock) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => clock.Advance(value.Done == 1 ? TimeSpan.FromMinutes(3) : TimeSpan.Zero);
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => stop.Cancel();
    }
}

public sealed class AlertReplayerOnSqliteTests() : AlertReplayerTests(StoreKind.Sqlite);

public sealed class AlertReplayerOnSqlServerTests() : AlertReplayerTests(StoreKind.SqlServer);
