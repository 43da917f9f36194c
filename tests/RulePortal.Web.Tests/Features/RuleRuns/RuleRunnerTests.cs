using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;
using RulePortal.TestSupport;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.RuleRuns;

public sealed class RuleRunnerTests
{
    private static readonly DateTime Day = RunsFixture.Start.Date;
    private static readonly DateTime Due = Day.AddHours(11).AddMinutes(5);

    [Fact]
    public async Task RunAsync_SixResultRows_RaisesOneAlertThatExplainsItself()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);

        var run = Assert.Single(await fixture.TickAsync(Due));

        Assert.Equal((AttemptOutcome.Alerted, "6 result rows exceeded the threshold of more than 5: 1 alert"), (run.Outcome, run.Sentence));
        var alert = Assert.Single(await fixture.AlertsAsync());
        Assert.Equal((RunsFixture.RuleId, 1, Severity.Low, AlertStatus.New), (alert.RuleId, alert.RuleVersion, alert.Severity, alert.Status));
        Assert.Equal((Day.AddHours(10), Day.AddHours(11)), (alert.WindowStartUtc, alert.WindowEndUtc));
        Assert.Contains("Belarus", alert.Title, StringComparison.Ordinal);
        Assert.Equal(5, alert.Tactics.Count);
        Assert.Contains(alert.Entities, e => e is { Type: EntityType.Process, Value: "nc" });
        Assert.Contains(alert.Entities, e => e is { Type: EntityType.Country, Value: "Belarus" });
        var evidence = Assert.Single(alert.Occurrences).Evidence;
        Assert.Equal(6, evidence.Count);
        var explanation = FindingJson.ReadExplanation(evidence[0].Explanation);
        Assert.Contains(explanation.Measures, m => m is { Value: 0, Limit: 5 });
    }

    [Fact]
    public async Task RunAsync_FiveResultRows_SaysTheNumbersAndRaisesNothing()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 5);

        var run = Assert.Single(await fixture.TickAsync(Due));

        Assert.Equal((AttemptOutcome.BelowThreshold, "5 result rows did not reach the threshold of more than 5"), (run.Outcome, run.Sentence));
        Assert.Empty(await fixture.AlertsAsync());
    }

    [Fact]
    public async Task RunAsync_AfterThresholdIsLowered_NextEvaluationUsesIt()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 5);
        Assert.Equal(RuleSaveOutcome.Saved, (await fixture.SaveAsync(d => d with { TriggerThreshold = 4 })).Outcome);

        await fixture.TickAsync(Due);

        Assert.Equal(2, Assert.Single(await fixture.AlertsAsync()).RuleVersion);
    }

    [Fact]
    public async Task RunAsync_AfterCountryThresholdIsRaised_KnownCountryIsRareAgain()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.ImportAsync("seen", Enumerable.Range(1, 6).Select(n => RunsFixture.Connection(Day.AddDays(-n), "nc", "Belarus")));
        await fixture.PlantAsync(ports: 6);
        Assert.Equal(RuleSaveOutcome.Saved, (await fixture.SaveAsync(d => d with { SettingsJson = """{"countryThreshold":6,"countryLookback":"P20D"}""" })).Outcome);

        Assert.Equal(AttemptOutcome.Alerted, Assert.Single(await fixture.TickAsync(Due)).Outcome);
    }

    [Fact]
    public async Task RunAsync_ThinBaseline_IsLearning()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 3);
        await fixture.PlantAsync(ports: 6);

        var run = Assert.Single(await fixture.TickAsync(Due));

        Assert.Equal(AttemptOutcome.Learning, run.Outcome);
        Assert.Contains("of 7 days", run.Sentence, StringComparison.Ordinal);
        Assert.Empty(await fixture.AlertsAsync());
    }

    [Fact]
    public async Task RunAsync_SilentSource_IsNoDataAndNotNoFindings()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.TickAsync(Due);

        var run = Assert.Single(await fixture.TickAsync(Due.AddHours(1)));

        Assert.Equal(AttemptOutcome.NoData, run.Outcome);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task RunAsync_AfterTwoDaysDown_FillsEveryWindowOnce()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);

        var runs = await fixture.TickAsync(Due.AddDays(2));
        var again = await fixture.TickAsync(Due.AddDays(2).AddMinutes(1));

        Assert.Equal(49, runs.Count);
        Assert.Equal(49, runs.Select(r => r.WindowEndUtc).Distinct().Count());
        Assert.Empty(again);
        Assert.Single(await fixture.AlertsAsync());
    }

    [Fact]
    public async Task RunAsync_StartedTwiceAtOnce_AlertsOnce()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        fixture.Clock.SetUtcNow(new DateTimeOffset(Due));
        await fixture.Ledger.PlanAsync(RunsFixture.RuleId, TimeSpan.Zero, TimeSpan.FromDays(7), CancellationToken.None);
        var window = Assert.Single(await fixture.Ledger.TakeDueAsync(10, CancellationToken.None));

        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
            fixture.Runner.RunAsync(window.Id, AttemptKind.Scheduled, Actor.System, allowEnded: false, CancellationToken.None))));

        Assert.Single(runs, run => run is not null);
        Assert.Single(await fixture.AlertsAsync());
    }

    [Fact]
    public async Task RunAsync_Suppression_StaysSilentForTheWindowsItCovers()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.SaveAsync(d => d with { SuppressionDuration = TimeSpan.FromHours(2) });
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(Due);

        var next = Assert.Single(await fixture.TickAsync(Due.AddHours(1)));
        await fixture.TickAsync(Due.AddHours(2));
        var after = Assert.Single(await fixture.TickAsync(Due.AddHours(3)));

        Assert.Equal(AttemptOutcome.Suppressed, next.Outcome);
        Assert.NotEqual(AttemptOutcome.Suppressed, after.Outcome);
    }

    [Fact]
    public async Task RunAsync_AlertPerResult_OneAlertEach()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.SaveAsync(d => d with { EventGrouping = EventGrouping.AlertPerResult });
        await fixture.PlantAsync(ports: 200);

        await fixture.TickAsync(Due);

        var alerts = await fixture.AlertsAsync();
        Assert.Equal(150, alerts.Count);
        Assert.Equal(200, alerts.Sum(a => a.ResultCount));
        Assert.Equal(51, alerts[^1].ResultCount);
    }

    [Fact]
    public async Task RunAsync_DetectorThrows_CountsAndDisablesWithTheReasonInSight()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 8, detector: ChangedDetector.Troubled(_ => throw new InvalidOperationException("boom")), settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Scheduling:DisableAfterFaults"] = "2" });

        await fixture.TickAsync(Due);
        await fixture.TickAsync(Due.AddMinutes(5));

        var rule = await fixture.Rules.FindAsync(RunsFixture.RuleId, CancellationToken.None);
        Assert.False(rule!.Enabled);
        Assert.Equal("Disabled after 2 faults in a row: The detector failed", rule.AutoDisabledReason);
    }

    [Fact]
    public async Task RunAsync_DetectorRunsForEver_IsCancelledAtTheTimeLimit()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var fixture = await RunsFixture.CreateAsync(
            baselineDays: 8,
            detector: ChangedDetector.Troubled(async token =>
            {
                reached.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }),
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Scheduling:TimeLimit"] = "00:00:30" });

        var tick = fixture.TickAsync(Due);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        fixture.Clock.Advance(TimeSpan.FromSeconds(31));
        var run = Assert.Single(await tick);

        Assert.Equal((AttemptOutcome.RuleFault, "The evaluation took longer than 30 s and was cancelled"), (run.Outcome, run.Sentence));
    }

    [Fact]
    public async Task RunAsync_WhatTheDatabaseSaidIsWrapped_IsNoFaultOfTheRule()
    {
        await using var fixture = await RunsFixture.CreateAsync(
            baselineDays: 8,
            detector: ChangedDetector.Troubled(_ => throw new InvalidOperationException("An exception has been raised that is likely due to a transient failure.", new TimeoutException())),
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Scheduling:DisableAfterFaults"] = "1" });

        var run = Assert.Single(await fixture.TickAsync(Due));

        Assert.Equal(AttemptOutcome.TransientFault, run.Outcome);
        Assert.True((await fixture.Rules.FindAsync(RunsFixture.RuleId, CancellationToken.None))!.Enabled);
    }

    [Fact]
    public async Task RunAsync_StoppedInTheMiddle_HandsTheWindowBack()
    {
        using var stop = new CancellationTokenSource();
        var first = true;
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 8, detector: ChangedDetector.Troubled(async token =>
        {
            if (first)
            {
                first = false;
                await stop.CancelAsync();
            }

            token.ThrowIfCancellationRequested();
        }));
        fixture.Clock.SetUtcNow(new DateTimeOffset(Due));
        await fixture.Ledger.PlanAsync(RunsFixture.RuleId, TimeSpan.Zero, TimeSpan.FromDays(7), CancellationToken.None);
        var window = Assert.Single(await fixture.Ledger.TakeDueAsync(10, CancellationToken.None));

        var stopped = await fixture.Runner.RunAsync(window.Id, AttemptKind.Scheduled, Actor.System, allowEnded: false, stop.Token);
        var retried = Assert.Single(await fixture.TickAsync(Due));

        Assert.Equal(AttemptOutcome.TransientFault, stopped!.Outcome);
        Assert.Equal(AttemptOutcome.BelowThreshold, retried.Outcome);
    }
}
