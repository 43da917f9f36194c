using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Data.Security;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Tests.Features.Maintenance;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

public sealed class ReplayApiTests : VerbTests
{
    [Fact]
    public async Task Replay_StoredAlert_IsIdenticalAndStoresNothing()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 40);
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(RunsFixture.Start);
        await fixture.TickAsync(RunsFixture.Start.AddHours(1));
        var alert = Assert.Single(await fixture.AlertsAsync());
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (status, answer) = await client.PostAsync($"/api/v1/alerts/{alert.Id}/replay");

        Assert.Equal((200, "Identical"), (status, answer.GetProperty("verdict").GetString()));
        var attempt = Assert.Single(answer.GetProperty("attempts").EnumerateArray());
        Assert.Equal((6, 6), (attempt.GetProperty("counts").GetProperty("rowsThen").GetInt32(), attempt.GetProperty("counts").GetProperty("rows").GetInt32()));
        Assert.Empty(attempt.GetProperty("differences").EnumerateArray());
        Assert.Single(await fixture.AlertsAsync());
    }

    [Fact]
    public async Task Replay_ExtendedByLateData_ReplaysBothEvaluations()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 40);
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(RunsFixture.Start);
        await fixture.TickAsync(RunsFixture.Start.AddHours(1));
        await fixture.PlantAsync(ports: 2, country: "Chile", batch: "late");
        await fixture.RunNow.RunAsync(RunsFixture.RuleId, RulePortal.Data.Auditing.Actor.System, CancellationToken.None);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (_, answer) = await client.PostAsync($"/api/v1/alerts/{(await fixture.AlertsAsync())[0].Id}/replay");

        Assert.Equal("Identical", answer.GetProperty("verdict").GetString());
        Assert.Equal(
            [(false, 2L, 6), (true, 3L, 2)],
            answer.GetProperty("attempts").EnumerateArray().Select(attempt => (attempt.GetProperty("isExtension").GetBoolean(), attempt.GetProperty("maxBatchSeq").GetInt64(), attempt.GetProperty("counts").GetProperty("rows").GetInt32())));
    }

    [Fact]
    public async Task Replay_UnknownAlert_IsNotFound()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 1);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        Assert.Equal(404, (await client.PostAsync("/api/v1/alerts/77/replay")).Status);
    }

    [Fact]
    public async Task Verb_UnknownAlert_SaysSo()
    {
        Assert.Equal(1, await RunAsync("alerts", "replay", "77"));

        Assert.Contains("There is no alert 77.", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verb_VersionThatIsGone_SaysWhyAndFails()
    {
        Assert.Equal(1, await RunAsync("alerts", "replay", "1"));
        Execute("INSERT INTO Alerts (Id, RuleId, RuleVersion, WindowStartUtc, WindowEndUtc, RuleName, Title, Summary, Severity, \"Trigger\", ResultCount, BaselineDays, LookbackDays, RaisedUtc, ChangedUtc, Status, Version, Techniques) VALUES (1, '1C408090-0320-44D5-ABA8-E55500C2CFAD', 9, '2026-03-10 11:00:00', '2026-03-10 12:00:00', 'r', 't', 's', 1, 'more than 5', 0, 30, 30, '2026-03-10 12:05:00', '2026-03-10 12:05:00', 0, 1, '[]')");
        Execute("INSERT INTO Occurrences (Id, AlertId, RuleId, RuleVersion, WindowStartUtc, WindowEndUtc, GroupKey, AttemptId, MaxBatchSeq, TotalRows) VALUES (1, 1, '1C408090-0320-44D5-ABA8-E55500C2CFAD', 9, '2026-03-10 11:00:00', '2026-03-10 12:00:00', 'all', 1, 1, 0)");

        Assert.Equal(1, await RunAsync("alerts", "replay", "1"));

        Assert.Contains("Version 9, window to 2026-03-10 12:00:00 UTC, batches up to 1", Output, StringComparison.Ordinal);
        Assert.Contains("Version 9 of the rule is not stored, so it cannot be evaluated again.", Output, StringComparison.Ordinal);
    }
}
