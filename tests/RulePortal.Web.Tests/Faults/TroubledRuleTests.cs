using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.TestSupport;
using RulePortal.Tests.Connections;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Faults;

/// <summary>A rule that throws or never ends is stopped at its limit; the others do not notice.</summary>
[Trait("Speed", "Slow")]
public sealed class TroubledRuleTests
{
    private static readonly DateTime Start = new(2026, 3, 10, 10, 20, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Detector_ThatBlocksAndHearsNoCancellation_IsGivenUpAtTheTimeLimit()
    {
        using var never = new ManualResetEventSlim();
        var (troubled, ordinary) = await RunBothAsync(() => never.Wait());
        never.Set();

        Assert.Equal((AttemptOutcome.RuleFault, "The evaluation took longer than 10 s and was cancelled"), (troubled.Outcome, troubled.Sentence));
        Assert.Equal(AttemptOutcome.Alerted, ordinary.Outcome);
    }

    [Fact]
    public async Task Detector_ThatThrows_IsAFaultOfItsRuleAlone()
    {
        var (troubled, ordinary) = await RunBothAsync(() => throw new InvalidOperationException("boom"));

        Assert.Equal((AttemptOutcome.RuleFault, "The detector failed"), (troubled.Outcome, troubled.Sentence));
        Assert.Equal(AttemptOutcome.Alerted, ordinary.Outcome);
    }

    [Fact]
    public async Task JobQueue_ThatIsLost_LosesNoWindow()
    {
        var clock = new SteppingClock(Start);
        await using var portal = await FaultPortal.CreateAsync(clock);
        clock.Step(TimeSpan.FromHours(3));
        var ledger = portal.Get<WindowLedger>();
        await ledger.PlanAsync(FaultPortal.RuleId, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7), CancellationToken.None);
        Assert.Equal(3, (await ledger.TakeDueAsync(100, CancellationToken.None)).Count);

        // They were handed to a queue that is gone; a minute later they are taken to be in it still.
        clock.Step(TimeSpan.FromMinutes(1));
        Assert.Empty(await portal.TickAsync());
        clock.Step(TimeSpan.FromMinutes(5));
        Assert.Equal(3, (await portal.TickAsync()).Count);
        await portal.BeSoundAsync();
    }

    [Fact]
    public async Task JobQueue_LostWithItsProcess_IsFilledAgainAtOnce()
    {
        var clock = new SteppingClock(Start);
        await using var portal = await FaultPortal.CreateAsync(clock);
        clock.Step(TimeSpan.FromHours(3));
        var ledger = portal.Get<WindowLedger>();
        await ledger.PlanAsync(FaultPortal.RuleId, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7), CancellationToken.None);
        var taken = await ledger.TakeDueAsync(100, CancellationToken.None);
        Assert.NotNull(await ledger.LeaseAsync(new LeaseRequest(taken[0].Id, AttemptKind.Scheduled, Actor.System, "dead", TimeSpan.FromMinutes(12), AllowEnded: false), CancellationToken.None));

        await ledger.ReclaimAsync(CancellationToken.None);
        await ledger.ForgetDispatchedAsync(CancellationToken.None);

        Assert.Equal(3, (await portal.TickAsync()).Count);
        await portal.BeSoundAsync();
    }

    private static async Task<(RecordedRun Troubled, RecordedRun Ordinary)> RunBothAsync(Action trouble)
    {
        var clock = new SteppingClock(Start);
        await using var portal = await FaultPortal.CreateAsync(clock, new Dictionary<string, string>(StringComparer.Ordinal) { ["Scheduling:TimeLimit"] = "00:00:10" }, ChangedDetector.Troubled(Trouble, "Troubled"));
        var id = Guid.NewGuid();
        var definition = (await portal.Get<RuleStore>().FindAsync(FaultPortal.RuleId, CancellationToken.None))!.Definition with { Name = "Troubled", Detector = "Troubled" };
        Assert.Equal(RuleSaveOutcome.Saved, (await portal.Get<RuleStore>().CreateAsync(id, definition, enabled: true, "", Actor.System, CancellationToken.None)).Outcome);
        await portal.ImportAsync("planted", Enumerable.Range(1, 6).Select(port => Beacon.Connection(Start.AddMinutes(10), "Belarus", port)));
        clock.Step(TimeSpan.FromMinutes(46));
        foreach (var rule in new[] { id, FaultPortal.RuleId })
        {
            await portal.Get<WindowLedger>().PlanAsync(rule, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7), CancellationToken.None);
        }

        var windows = await portal.Get<WindowLedger>().TakeDueAsync(10, CancellationToken.None);
        var runs = await Task.WhenAll(windows.Select(window => Task.Run(() => portal.Get<RuleRunner>().RunAsync(window.Id, AttemptKind.Scheduled, Actor.System, allowEnded: false, CancellationToken.None))))
            .WaitAsync(TimeSpan.FromSeconds(120));
        await portal.BeSoundAsync();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var troubled = await db.RuleAttempts.Where(attempt => attempt.RuleId == id).Select(attempt => attempt.Id).SingleAsync();
        return (runs.Single(run => run!.AttemptId == troubled)!, runs.Single(run => run!.AttemptId != troubled)!);

        Task Trouble(CancellationToken cancellationToken)
        {
            trouble();
            return Task.CompletedTask;
        }
    }
}
