using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Security;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Tests.Features.Rules;

namespace RulePortal.Web.Tests.Features.RuleRuns;

public sealed class RunNowTests
{
    private static readonly DateTime Day = RunsFixture.Start.Date;
    private static readonly Uri Runs = new($"/api/v1/rules/{RunsFixture.RuleId}/runs", UriKind.Relative);

    [Fact]
    public async Task RunAsync_WindowEndedButNotYetDue_EvaluatesItAtOnce()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        fixture.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(11).AddMinutes(1)));

        var result = await fixture.RunNow.RunAsync(RunsFixture.RuleId, Actor.System, CancellationToken.None);

        Assert.Equal(AttemptOutcome.Alerted, Assert.Single(result.Runs).Outcome);
        Assert.Empty(await fixture.TickAsync(Day.AddHours(11).AddMinutes(6)));
    }

    [Fact]
    public async Task RunAsync_NothingDue_AttemptsTheLastWindowAgainAndAddsOnlyWhatIsNew()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(Day.AddHours(11).AddMinutes(5));

        var again = await fixture.RunNow.RunAsync(RunsFixture.RuleId, Actor.System, CancellationToken.None);
        await fixture.PlantAsync(ports: 8, batch: "late");
        var late = await fixture.RunNow.RunAsync(RunsFixture.RuleId, Actor.System, CancellationToken.None);

        Assert.Equal(AttemptOutcome.AlreadyAlerted, Assert.Single(again.Runs).Outcome);
        Assert.Equal(AttemptOutcome.Alerted, Assert.Single(late.Runs).Outcome);
        Assert.Equal(8, Assert.Single(await fixture.AlertsAsync()).ResultCount);
    }

    [Fact]
    public async Task RunAsync_NewStore_EvaluatesTheLastCompleteWindow()
    {
        await using var fixture = await RunsFixture.CreateAsync();

        var run = Assert.Single((await fixture.RunNow.RunAsync(RunsFixture.RuleId, Actor.System, CancellationToken.None)).Runs);

        Assert.Equal((Day.AddHours(10), AttemptOutcome.BelowThreshold), (run.WindowEndUtc, run.Outcome));
    }

    [Fact]
    public async Task Post_Contributor_AnswersTheRunsWithTheirSentences()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        fixture.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(11).AddMinutes(1)));
        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);

        var answer = await client.PostAsync(Runs, null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var run = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runs")[0];
        Assert.Equal("6 result rows exceeded the threshold of more than 5: 1 alert", run.GetProperty("sentence").GetString());
        Assert.Equal("Alerted", run.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Post_DisabledRule_IsAConflictThatSaysWhatToDo()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 1);
        await fixture.Rules.SetEnabledAsync(RunsFixture.RuleId, enabled: false, Actor.System, CancellationToken.None);
        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);

        var answer = await client.PostAsync(Runs, null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("disabled", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoSuchRule_IsNotFound()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 1);
        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);

        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(new Uri($"/api/v1/rules/{Guid.NewGuid()}/runs", UriKind.Relative), null)).StatusCode);
    }

    [Fact]
    public async Task RunAsync_Disabled_DoesNotRun()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 1);
        await fixture.Rules.SetEnabledAsync(RunsFixture.RuleId, enabled: false, Actor.System, CancellationToken.None);

        Assert.Equal(RunNowOutcome.Disabled, (await fixture.RunNow.RunAsync(RunsFixture.RuleId, Actor.System, CancellationToken.None)).Outcome);
    }
}
