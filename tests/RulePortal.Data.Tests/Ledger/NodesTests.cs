using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Tests.Ledger;

/// <summary>Two nodes' worth of workers over one store, racing.</summary>
public abstract class NodesTests(StoreKind kind) : StoreTests(kind)
{
    private const int Hours = 30;

    [Fact]
    public async Task Windows_TwoNodesRacing_EachIsPlannedAndEvaluatedOnce()
    {
        var first = await LedgerStore.CreateAsync(Store);
        await using var other = Store.Another();
        var second = first.On(other);
        Store.Clock.SetUtcNow(new DateTimeOffset(LedgerStore.Start.AddHours(Hours)));
        var done = new ConcurrentBag<DateTime>();

        await Task.WhenAll(new[] { first, second, first, second }.Select((node, worker) => Task.Run(() => WorkAsync(node, $"node-{worker}", done))));

        var windows = await first.WindowsAsync();
        Assert.Equal(Hours, windows.Count);
        Assert.All(windows, window => Assert.Equal((WindowStatus.Succeeded, 1), (window.Status, window.AttemptCount)));
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.EndUtc, pair.Second.StartUtc));
        Assert.Equal(windows.Select(window => window.EndUtc), done.Order());
        await using var db = Store.CreateDbContext();
        Assert.Equal((Hours, Hours, Hours), (await db.Alerts.CountAsync(Token), await db.Occurrences.CountAsync(Token), await db.RuleAttempts.CountAsync(a => a.Outcome == AttemptOutcome.Alerted, Token)));
        Assert.Equal(1, await db.RuleGaps.CountAsync(Token));
    }

    [Fact]
    public async Task Lease_SameWindowOnBothNodes_IsGivenToOne()
    {
        var first = await LedgerStore.CreateAsync(Store);
        await using var other = Store.Another();
        var second = first.On(other);
        var windowId = await first.PlanOneAsync();

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => (n % 2 == 0 ? first : second).LeaseAsync(windowId, $"worker-{n}"))));

        Assert.Single(leases, lease => lease is not null);
        Assert.Single(await first.AttemptsAsync());
    }

    [Fact]
    public async Task Lease_LostToAnotherNode_CannotCommitWhatItFoundNorThatItFailed()
    {
        var first = await LedgerStore.CreateAsync(Store);
        await using var other = Store.Another();
        var second = first.On(other);
        var windowId = await first.PlanOneAsync();
        var slow = await first.LeaseAsync(windowId, "slow");
        Store.Clock.Advance(TimeSpan.FromMinutes(13));
        var quick = await second.LeaseAsync(windowId, "quick");

        var late = await Task.WhenAll(
            first.Recorder.CompleteAsync(slow!, LedgerStore.Alerting(slow!, "a"), Token),
            first.Recorder.FailAsync(slow!, new EvaluationFault("Boom.", "Boom", IsRuleFault: true, RetryAtUtc: null, DisableAfter: 1), Token),
            second.Recorder.CompleteAsync(quick!, LedgerStore.Alerting(quick!, "a"), Token));

        Assert.Equal([false, false, true], late.Select(run => run is not null));
        Assert.True((await first.Rules.FindAsync(first.RuleId, Token))!.Enabled);
        Assert.Equal([AttemptOutcome.LeaseLost, AttemptOutcome.Alerted], (await first.AttemptsAsync()).Select(attempt => attempt.Outcome));
        await using var db = Store.CreateDbContext();
        Assert.Single(await db.Alerts.ToListAsync(Token));
    }

    [Fact]
    public async Task Batch_PostedToBothNodesAtOnce_IsStoredOnce()
    {
        await using var other = Store.Another();
        var rows = Enumerable.Range(0, 500).Select(n => new VmConnection { TimeGenerated = LedgerStore.Start.AddDays(-100).AddMinutes(n), Direction = "outbound", Computer = $"vm-{n % 7}" }).ToList();
        var facts = new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = "the same" };

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => (n % 2 == 0 ? Store : other).Importer.ImportAsync(facts, rows.ToAsyncEnumerable(), Token))));

        Assert.Equal((1, 5), (results.Count(result => result.Status is BatchStatus.Stored), results.Count(result => result.Status is BatchStatus.AlreadyStored)));
        await using var db = Store.CreateDbContext();
        Assert.Equal((1, 500, 500), (await db.ConnectionBatches.CountAsync(Token), await db.Connections.CountAsync(Token), (int)await db.ConnectionSources.SumAsync(source => source.Rows, Token)));
    }

    [Fact]
    public async Task Batches_OnBothNodesAtOnce_GetSequencesWithoutAGapAndTheSameTerms()
    {
        await using var other = Store.Another();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            var rows = Enumerable.Range(0, 50).Select(row => new VmConnection { TimeGenerated = LedgerStore.Start.AddDays(-100).AddMinutes(row), Direction = "outbound", Computer = $"vm-{row}", ProcessName = $"process-{n}" });
            var result = await (n % 2 == 0 ? Store : other).Importer.ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = $"batch-{n}" }, rows.ToAsyncEnumerable(), Token);
            Assert.Equal(BatchStatus.Stored, result.Status);
        })));

        await using var db = Store.CreateDbContext();
        Assert.Equal(Enumerable.Range(1, 8).Select(n => (long)n), await db.ConnectionBatches.OrderBy(batch => batch.Seq).Select(batch => batch.Seq).ToListAsync(Token));
        Assert.Equal((50, 8), (await db.ConnectionTerms.CountAsync(term => term.Text.StartsWith("vm-"), Token), await db.ConnectionTerms.CountAsync(term => term.Text.StartsWith("process-"), Token)));
        Assert.All(await db.ConnectionSources.Select(source => source.Rows).ToListAsync(Token), count => Assert.Equal(8, count));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the dispatch and a worker of a node do, until nothing is due.</summary>
    private static async Task WorkAsync(LedgerStore node, string name, ConcurrentBag<DateTime> done)
    {
        await node.PlanAsync();
        while (await node.Ledger.TakeDueAsync(5, Token) is { Count: > 0 } due)
        {
            foreach (var window in due)
            {
                if (await node.LeaseAsync(window.Id, name) is { } lease && await node.Recorder.CompleteAsync(lease, LedgerStore.Alerting(lease, "a", "b"), Token) is { } run)
                {
                    done.Add(run.WindowEndUtc);
                }
            }
        }
    }
}

public sealed class NodesOnSqliteTests() : NodesTests(StoreKind.Sqlite);

public sealed class NodesOnSqlServerTests() : NodesTests(StoreKind.SqlServer);
