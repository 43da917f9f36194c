using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Auditing;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests;

/// <summary>Every public writer, with the store failing for a moment at each step of it, ends with exactly one effect.</summary>
[Trait("Speed", "Slow")]
public sealed class FaultTests
{
    private const int MostSteps = 200;

    public static TheoryData<string> WriterNames => [.. Writers.All.Select(Writers.Name)];

    [Theory]
    [MemberData(nameof(WriterNames))]
    public async Task Writer_StoreAwayAtAnyStep_IsDoneOnce(string writer)
    {
        for (var step = 1; step < MostSteps; step++)
        {
            var plan = new FaultPlan();
            await using var store = await SqliteTestStore.OpenFailingAsync(plan);
            var bench = new WriterBench(store);
            var actor = new Actor("dev:somebody", "Somebody") { Rights = ActorRights.All };
            plan.FailAt(step, afterItsCommit: false);

            await bench.Deeds[writer](actor);

            Assert.Equal(1, await EntriesAsync(store, actor));
            if (!plan.Fired)
            {
                Assert.True(step > 1);
                return;
            }
        }

        Assert.Fail($"{writer} takes more than {MostSteps} steps.");
    }

    [Theory]
    [MemberData(nameof(WriterNames))]
    public async Task Writer_WordOfTheCommitLost_IsDoneOnce(string writer)
    {
        var plan = new FaultPlan();
        int steps;
        await using (var store = await SqliteTestStore.OpenFailingAsync(plan))
        {
            await new WriterBench(store).Deeds[writer](TestStore.Ada);
            steps = plan.Steps;
        }

        var commits = 0;
        for (var step = 1; step <= steps; step++)
        {
            await using var store = await SqliteTestStore.OpenFailingAsync(plan);
            var bench = new WriterBench(store);
            var actor = new Actor("dev:somebody", "Somebody") { Rights = ActorRights.All };
            plan.FailAt(step, afterItsCommit: true);
            try
            {
                await bench.Deeds[writer](actor);
            }
            catch (Exception) when (plan.Fired)
            {
                // It may say that it was done already, or that the row it would make is there: a lost word cannot always be made up for.
            }

            commits += plan.Fired ? 1 : 0;
            Assert.InRange(await EntriesAsync(store, actor), 0, 1);
        }

        Assert.True(commits > 0, $"{writer} committed nothing.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Evaluation_StoreAwayAtAnyStep_LeavesOneWindowOneAttemptAndOneAlert(bool afterItsCommit)
    {
        for (var step = 1; step < MostSteps; step++)
        {
            var plan = new FaultPlan();
            await using var store = await SqliteTestStore.OpenFailingAsync(plan);
            var ledger = await LedgerStore.CreateAsync(store);
            store.Clock.SetUtcNow(new DateTimeOffset(LedgerStore.Start.Date.AddHours(11).AddMinutes(5)));
            plan.FailAt(step, afterItsCommit);

            await ledger.PlanAsync();
            var due = await ledger.Ledger.TakeDueAsync(10, CancellationToken.None);
            // When the word of the taking is lost, the window is handed out again after a while; here a worker has it at once.
            var windowId = due.Count > 0 ? due[0].Id : (await ledger.WindowsAsync()).Single().Id;
            var lease = await ledger.LeaseAsync(windowId);
            var run = await ledger.Recorder.CompleteAsync(lease!, LedgerStore.Alerting(lease!, "a", "b"), CancellationToken.None);

            Assert.Equal((AttemptOutcome.Alerted, 1), (run?.Outcome, run?.AlertIds.Count));
            await using var db = store.CreateDbContext();
            Assert.Equal((1, 1, 2), (await db.Alerts.CountAsync(), await db.Occurrences.CountAsync(), await db.EvidenceRows.CountAsync()));
            Assert.Equal(AttemptOutcome.Alerted, (await ledger.AttemptsAsync()).Single().Outcome);
            Assert.Equal((WindowStatus.Succeeded, 1), (await ledger.WindowsAsync()).Single() is var window ? (window.Status, window.AttemptCount) : default);
            if (!plan.Fired && plan.Steps < step)
            {
                return;
            }
        }

        Assert.Fail($"An evaluation takes more than {MostSteps} steps.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hold_StoreAwayAtAnyStep_HoldsTheRuleOnce(bool afterItsCommit)
    {
        for (var step = 1; step < MostSteps; step++)
        {
            var plan = new FaultPlan();
            await using var store = await SqliteTestStore.OpenFailingAsync(plan);
            var ledger = await LedgerStore.CreateAsync(store);
            var lease = await ledger.LeaseAsync(await ledger.PlanOneAsync());
            plan.FailAt(step, afterItsCommit);

            await ledger.Recorder.CompleteAsync(lease!, LedgerStore.Alerting(lease!, "a", "b") with { Hold = "2 result rows are too many" }, CancellationToken.None);

            await using var db = store.CreateDbContext();
            Assert.Equal((0, 1), (await db.Alerts.CountAsync(), await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.RuleHold)));
            Assert.Equal((WindowStatus.Held, AttemptOutcome.Held), ((await ledger.WindowsAsync()).Single().Status, (await ledger.AttemptsAsync()).Single().Outcome));
            Assert.Equal(lease!.WindowId, (await ledger.Rules.FindAsync(ledger.RuleId, CancellationToken.None))!.Hold!.WindowId);
            if (!plan.Fired && plan.Steps < step)
            {
                return;
            }
        }

        Assert.Fail($"A hold takes more than {MostSteps} steps.");
    }

    private static async Task<int> EntriesAsync(SqliteTestStore store, Actor actor)
    {
        await using var db = store.CreateDbContext();
        return await db.AuditEntries.CountAsync(entry => entry.ActorId == actor.Id);
    }
}
