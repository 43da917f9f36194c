using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Security;
using RulePortal.Web.Tests.Features.Rules;

namespace RulePortal.Web.Tests.Features.RuleRuns;

/// <summary>Rows that come after their window was evaluated, through the application.</summary>
public sealed class LateDataTests
{
    private static readonly DateTime Day = RunsFixture.Start.Date;

    [Fact]
    public async Task Late_RowsThatFire_WouldNowAlertAndDoOnceWhenAPersonEvaluatesAgain()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        Assert.Equal(AttemptOutcome.BelowThreshold, Assert.Single(await fixture.TickAsync(Day.AddHours(11).AddMinutes(5))).Outcome);
        await fixture.PlantAsync(ports: 6);

        await fixture.LookAtLateDataAsync();

        var window = Assert.Single(await fixture.WindowsAsync());
        Assert.Equal((LateVerdict.WouldAlert, 1), (window.Late!.Verdict, window.AttemptCount));
        Assert.Equal("Would now alert (1 new alert): 6 result rows exceeded the threshold of more than 5: 1 alert", window.Late.Sentence);
        Assert.Empty(await fixture.AlertsAsync());

        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);
        var address = new Uri($"/api/v1/rules/{RunsFixture.RuleId}/windows/{window.Id}/runs", UriKind.Relative);
        foreach (var outcome in new[] { "Alerted", "AlreadyAlerted" })
        {
            var answer = await client.PostAsync(address, null, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var run = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("runs")[0];
            Assert.Equal(outcome, run.GetProperty("outcome").GetString());
        }

        Assert.Single(await fixture.AlertsAsync());
        Assert.Null(Assert.Single(await fixture.WindowsAsync()).Late);
        await using var db = await fixture.Factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal([AttemptKind.Scheduled, AttemptKind.LateData, AttemptKind.RunNow], await db.RuleAttempts.OrderBy(a => a.Id).Select(a => a.Kind).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await db.AuditEntries.CountAsync(e => e.Action == AuditActions.RuleRun, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Late_BySetting_IsEvaluatedAgainByItselfAndOnlyWhereItChangesSomething()
    {
        await using var fixture = await RunsFixture.CreateAsync(settings: new Dictionary<string, string> { ["Scheduling:ReevaluateLateData"] = "true" });
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(Day.AddHours(11).AddMinutes(5));
        await fixture.ImportAsync("ordinary late", [RunsFixture.Connection(Day.AddHours(10).AddMinutes(50), "nginx", "United States")]);
        await fixture.LookAtLateDataAsync();
        var unchanged = Assert.Single(await fixture.WindowsAsync());

        await fixture.PlantAsync(ports: 8, batch: "late");
        await fixture.LookAtLateDataAsync();
        await fixture.LookAtLateDataAsync();

        Assert.Equal((LateVerdict.Unchanged, 1), (unchanged.Late!.Verdict, unchanged.AttemptCount));
        var window = Assert.Single(await fixture.WindowsAsync());
        Assert.Equal((2, AttemptKind.LateData, null), (window.AttemptCount, window.LastAttempt!.Kind, window.Late));
        Assert.Equal(8, Assert.Single(await fixture.AlertsAsync()).ResultCount);
    }

    [Fact]
    public async Task Late_WindowOfASilentSource_IsNoLongerWithoutData()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.TickAsync(Day.AddHours(11).AddMinutes(5));
        Assert.Equal(AttemptOutcome.NoData, Assert.Single(await fixture.TickAsync(Day.AddHours(12).AddMinutes(5))).Outcome);
        await fixture.ImportAsync("late", [RunsFixture.Connection(Day.AddHours(11).AddMinutes(50), "nginx", "United States")]);

        await fixture.LookAtLateDataAsync();

        var window = (await fixture.WindowsAsync())[0];
        Assert.Equal((WindowStatus.NoData, LateVerdict.Changed), (window.Status, window.Late!.Verdict));
        Assert.StartsWith("No new alert, but other numbers: 0 result rows", window.Late.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Late_LookingBackOnWhatRetentionLetGo_IsNeitherJudgedNorEvaluatedAgain()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.TickAsync(Day.AddHours(11).AddMinutes(5));
        await using (var db = await fixture.Factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            db.RetentionMarks.Add(new RetentionMark { Part = nameof(RetentionPart.Connections), KeptFromUtc = Day.AddDays(-20) });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await fixture.PlantAsync(ports: 6);
        await fixture.LookAtLateDataAsync();
        var window = Assert.Single(await fixture.WindowsAsync());
        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);
        var answer = await client.PostAsync(new Uri($"/api/v1/rules/{RunsFixture.RuleId}/windows/{window.Id}/runs", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal((LateVerdict.BeyondRetention, 1), (window.Late!.Verdict, window.AttemptCount));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Retention has let go", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(await fixture.AlertsAsync());
    }

    [Fact]
    public async Task Post_WindowOfAnotherRule_IsNotFound()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 1);
        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);

        var answer = await client.PostAsync(new Uri($"/api/v1/rules/{RunsFixture.RuleId}/windows/99/runs", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
