using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;
using RulePortal.Data.Security;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.RuleRuns;

/// <summary>The breaker, from rows to the person's decision.</summary>
public sealed class HoldTests
{
    private static readonly DateTime Day = RunsFixture.Start.Date;
    private static readonly DateTime Due = Day.AddHours(11).AddMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_MoreRowsThanTheRuleMayAlertOn_HoldsItAndSaysTheNumbers()
    {
        await using var fixture = await HeldAsync();

        Assert.Empty(await fixture.AlertsAsync());
        var window = (await fixture.WindowsAsync())[0];
        Assert.Equal((WindowStatus.Held, "8 result rows are more than the 7 above which the rule is held: nothing was alerted; the rule waits until a person decides"), (window.Status, window.Sentence));
        Assert.Empty(await fixture.TickAsync(Due.AddHours(2)));
        Assert.Equal(RunNowOutcome.Held, (await fixture.RunNow.RunAsync(RunsFixture.RuleId, Actor.System, Token)).Outcome);
        Assert.Equal(RunNowOutcome.Held, (await fixture.RunNow.RunWindowAsync(RunsFixture.RuleId, window.Id, Actor.System, Token)).Outcome);
    }

    [Fact]
    public async Task RunAsync_Learning_IsNotHeld()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 3);
        await fixture.SaveAsync(rule => rule with { HoldAbove = 7 });
        await fixture.PlantAsync(ports: 8);

        Assert.Equal(AttemptOutcome.Learning, Assert.Single(await fixture.TickAsync(Due)).Outcome);
    }

    [Fact]
    public async Task LateData_ThatWouldHold_SaysSoAndHoldsWhenEvaluatedAgain()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.SaveAsync(rule => rule with { HoldAbove = 7 });
        await fixture.TickAsync(Due);
        await fixture.PlantAsync(ports: 8);

        await fixture.LookAtLateDataAsync();

        var window = (await fixture.WindowsAsync())[0];
        Assert.Equal(LateVerdict.WouldAlert, window.Late!.Verdict);
        Assert.StartsWith("Would now be held (1 new alert otherwise): 8 result rows", window.Late.Sentence, StringComparison.Ordinal);
        await fixture.RunNow.RunWindowAsync(RunsFixture.RuleId, window.Id, Actor.System, Token);
        Assert.Equal(WindowStatus.Held, (await fixture.WindowsAsync())[0].Status);
    }

    [Fact]
    public async Task Post_Alert_EvaluatesTheWindowAgainAndTheOthersGoOn()
    {
        await using var fixture = await HeldAsync();
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);
        var hold = (await client.ReadAsync(RuleApi.Rule)).GetProperty("hold");
        Assert.Equal(8, hold.GetProperty("resultCount").GetInt32());
        var release = $"{RuleApi.Rule}/windows/{hold.GetProperty("windowId").GetInt64()}/release";

        var (status, body) = await client.PostAsync(release, """{"decision":"Alert"}""");

        Assert.Equal((200, "Alerted"), (status, body.GetProperty("run").GetProperty("outcome").GetString()));
        Assert.Equal(8, Assert.Single(await fixture.AlertsAsync()).ResultCount);
        Assert.Equal(JsonValueKind.Null, (await client.ReadAsync(RuleApi.Rule)).GetProperty("hold").ValueKind);
        Assert.Equal(409, (await client.PostAsync(release, """{"decision":"Alert"}""")).Status);
        Assert.Single(await fixture.TickAsync(Due.AddHours(1)));
        Assert.Equal(AttemptOutcome.AlreadyAlerted, (await fixture.RunNow.RunWindowAsync(RunsFixture.RuleId, hold.GetProperty("windowId").GetInt64(), Actor.System, Token)).Runs[0].Outcome);
    }

    [Fact]
    public async Task Post_Skip_LeavesTheWindowOut()
    {
        await using var fixture = await HeldAsync();
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);
        var window = (await fixture.WindowsAsync())[0].Id;

        var (status, body) = await client.PostAsync($"{RuleApi.Rule}/windows/{window}/release", """{"decision":"Skip"}""");

        Assert.Equal((200, JsonValueKind.Null), (status, body.GetProperty("run").ValueKind));
        Assert.Equal(WindowStatus.Skipped, (await fixture.WindowsAsync())[0].Status);
        Assert.Empty(await fixture.AlertsAsync());
    }

    [Theory]
    [InlineData("""{"decision":"Maybe"}""", 400)]
    [InlineData("""{"decision":"0"}""", 400)]
    [InlineData("{}", 400)]
    public async Task Post_NoDecision_NamesTheChoices(string body, int expected)
    {
        await using var fixture = await HeldAsync();
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);

        Assert.Equal(expected, (await client.PostAsync($"{RuleApi.Rule}/windows/{(await fixture.WindowsAsync())[0].Id}/release", body)).Status);
        Assert.Equal(404, (await client.PostAsync($"{RuleApi.Rule}/windows/99/release", """{"decision":"Skip"}""")).Status);
    }

    [Fact]
    public async Task Test_MoreRowsThanTheRuleMayAlertOn_SaysItWouldBeHeld()
    {
        await using var fixture = await HeldAsync();
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (_, body) = await client.PostAsync($"{RuleApi.Rule}/test", $$"""{"asOf":"{{Day.AddHours(11):O}}"}""");

        Assert.Contains(body.GetProperty("notes").EnumerateArray(), note => note.GetString()!.StartsWith("The rule would be held: 8 result rows are more than the 7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Simulation_WindowThatWouldHold_IsCounted()
    {
        await using var fixture = await HeldAsync();
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (_, body) = await client.PostAsync($"{RuleApi.Rule}/simulation", $$"""{"from":"{{Day.AddHours(9):O}}","to":"{{Day.AddHours(12):O}}"}""");

        var totals = body.GetProperty("saved").GetProperty("totals");
        Assert.Equal((1, 1), (totals.GetProperty("held").GetInt32(), totals.GetProperty("alerted").GetInt32() + totals.GetProperty("incompleteAlerts").GetInt32()));
    }

    [Fact]
    public async Task Get_RunsAndOverview_SayHeld()
    {
        await using var fixture = await HeldAsync();
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var run = (await client.ReadAsync("/api/v1/runs")).GetProperty("items")[0];

        Assert.Equal("Held", run.GetProperty("outcome").GetString());
    }

    private static async Task<RunsFixture> HeldAsync()
    {
        var fixture = await RunsFixture.CreateAsync(baselineDays: 31);
        Assert.Equal(RuleSaveOutcome.Saved, (await fixture.SaveAsync(rule => rule with { HoldAbove = 7 })).Outcome);
        await fixture.PlantAsync(ports: 8);
        Assert.Equal(AttemptOutcome.Held, Assert.Single(await fixture.TickAsync(Due)).Outcome);
        return fixture;
    }
}
