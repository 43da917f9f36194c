using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Data.Security;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.RuleRuns;

/// <summary>An attack that goes on, hour by hour, under a rule that excludes rows of its alerts from the baseline.</summary>
public sealed class BaselineExclusionTests
{
    private static readonly DateTime Day = RunsFixture.Start.Date;
    private static readonly Actor Ada = new("dev:ada", "Ada") { Rights = ActorRights.All };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_GoesOn_AlertsAgainUntilItsAlertsAreClosedAsSomethingElse()
    {
        await using var fixture = await AttackedAsync(excludes: true);

        var second = await AttackAsync(fixture, 11);

        Assert.Equal(AttemptOutcome.Alerted, second.Outcome);
        var alerts = await fixture.AlertsAsync();
        var explanation = FindingJson.ReadExplanation(alerts[1].Occurrences[0].Evidence[0].Explanation);
        Assert.EndsWith($" 8 rows of alert #{alerts[0].Id} are not counted.", explanation.Branch, StringComparison.Ordinal);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);
        var kept = Assert.Single((await client.ReadAsync($"/api/v1/runs/{second.AttemptId}/exclusions")).EnumerateArray());
        Assert.Equal((8, alerts[0].Id), (kept.GetProperty("rows").GetInt32(), kept.GetProperty("exclusion").GetProperty("alertId").GetInt64()));
        Assert.Equal(1, (await client.ReadAsync("/api/v1/runs")).GetProperty("items")[0].GetProperty("exclusionCount").GetInt32());

        await CloseAsync(fixture, alerts[0], Classification.TruePositive, ClassificationReason.SuspiciousActivity);
        Assert.Contains("8 rows of alert", await TestNoteAsync(client), StringComparison.Ordinal);
        Assert.Equal("Found", await StateAsync(client, alerts[1].Id));
        await CloseAsync(fixture, alerts[1], Classification.FalsePositive, ClassificationReason.IncorrectAlertLogic);
        Assert.Equal(AttemptOutcome.BelowThreshold, (await AttackAsync(fixture, 12)).Outcome);
        Assert.Equal("Ordinary", await StateAsync(client, alerts[1].Id));
    }

    [Fact]
    public async Task Attack_GoesOnWithTheSettingOff_IsOrdinaryAnHourLater()
    {
        await using var fixture = await AttackedAsync(excludes: false);

        Assert.Equal(AttemptOutcome.BelowThreshold, (await AttackAsync(fixture, 11)).Outcome);
    }

    [Fact]
    public async Task Simulation_OfAnAttackThatGoesOn_ExcludesWhatAlertsExcludeNow()
    {
        await using var fixture = await AttackedAsync(excludes: true);
        await AttackAsync(fixture, 11);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        Assert.Equal(["11", "12"], await SimulatedAsync(client));
        await CloseAsync(fixture, (await fixture.AlertsAsync())[0], Classification.BenignPositive, ClassificationReason.SuspiciousButExpected);
        Assert.Equal(["11"], await SimulatedAsync(client));
    }

    [Fact]
    public async Task LateJudgement_TakesTheAlertsAsTheyStand()
    {
        await using var fixture = await AttackedAsync(excludes: true);
        await AttackAsync(fixture, 11);
        await CloseAsync(fixture, (await fixture.AlertsAsync())[0], Classification.FalsePositive, ClassificationReason.IncorrectAlertLogic);
        await fixture.ImportAsync("late", [RunsFixture.Connection(Day.AddHours(11).AddMinutes(50), "nginx", "United States")]);

        await fixture.LookAtLateDataAsync();

        Assert.StartsWith("Would no longer alert; what was alerted stays", (await fixture.WindowsAsync())[0].Late!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pin_OnTheSecondAlert_BreaksWhenTheSettingIsTurnedOff()
    {
        await using var fixture = await AttackedAsync(excludes: true);
        await AttackAsync(fixture, 11);
        var second = (await fixture.AlertsAsync())[1];
        await fixture.Factory.Services.GetRequiredService<AlertPins>().PinAsync(new AlertReference(second.Id, second.Version), PinKind.MustFire, null, Ada, Token);

        var off = await fixture.SaveAsync(rule => rule with { BaselineExcludesAlerts = false });
        var on = await fixture.SaveAsync(rule => rule with { TriggerThreshold = 1 });

        Assert.Equal(RuleSaveOutcome.BreaksPins, off.Outcome);
        Assert.StartsWith("Belarus is not among the result rows: it had 8 rows in 30 d", Assert.Single(off.Pins.Broken).Verdict.Why, StringComparison.Ordinal);
        Assert.Equal((RuleSaveOutcome.Saved, PinStanding.Holds), (on.Outcome, Assert.Single(on.Pins.Pins).Verdict.Standing));
    }

    private static async Task<RunsFixture> AttackedAsync(bool excludes)
    {
        var fixture = await RunsFixture.CreateAsync(baselineDays: 31);
        await fixture.SaveAsync(rule => rule with { BaselineExcludesAlerts = excludes, TriggerThreshold = 0 });
        Assert.Equal(AttemptOutcome.Alerted, (await AttackAsync(fixture, 10)).Outcome);
        return fixture;
    }

    /// <summary>Eight rows in the hour, and its window as it is evaluated.</summary>
    private static async Task<RecordedRun> AttackAsync(RunsFixture fixture, int hour)
    {
        fixture.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(hour + 1)));
        await fixture.ImportAsync($"attack {hour}", Enumerable.Range(1, 8).Select(port => RunsFixture.Connection(Day.AddHours(hour).AddMinutes(40), "nc", "Belarus", port)));
        return Assert.Single(await fixture.TickAsync(Day.AddHours(hour + 1).AddMinutes(5)));
    }

    private static async Task CloseAsync(RunsFixture fixture, Alert alert, Classification classification, ClassificationReason reason) => Assert.Equal(
        TriageOutcome.Changed,
        (await fixture.Factory.Services.GetRequiredService<AlertTriage>().CloseAsync(new AlertReference(alert.Id, alert.Version), new ClosingVerdict(classification, reason), null, Ada, Token)).Outcome);

    private static async Task<string> TestNoteAsync(HttpClient client) =>
        (await client.PostAsync($"{RuleApi.Rule}/test", $$"""{"asOf":"{{Day.AddHours(12):O}}"}""")).Body.GetProperty("notes").EnumerateArray().Last().GetString()!;

    private static async Task<string?> StateAsync(HttpClient client, long alert) => (await client.ReadAsync($"/api/v1/alerts/{alert}/baseline")).GetProperty("items")[0].GetProperty("state").GetString();

    private static async Task<IEnumerable<string>> SimulatedAsync(HttpClient client)
    {
        var (status, body) = await client.PostAsync($"{RuleApi.Rule}/simulation", $$"""{"from":"{{Day.AddHours(10):O}}","to":"{{Day.AddHours(12):O}}"}""");
        Assert.Equal(200, status);
        return body.GetProperty("alerts").EnumerateArray().Select(alert => $"{alert.GetProperty("windowEnd").GetDateTime().ToUniversalTime():HH}");
    }
}
