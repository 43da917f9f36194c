using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Security;
using RulePortal.Web.Tests.Features.Rules;

namespace RulePortal.Web.Tests.Features.RuleRuns;

/// <summary>Filling a span of the past through the API.</summary>
public sealed class BackfillTests
{
    private static readonly DateTime Day = RunsFixture.Start.Date;

    [Fact]
    public async Task Post_Preview_CountsAndWritesNothing_ThenStartsAndIsFilledBehindTheLiveWindow()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);
        fixture.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(11).AddMinutes(6)));
        const string span = "\"from\": \"2026-03-10T08:00:00Z\", \"to\": \"2026-03-10T13:00+02:00\"";

        var (status, preview) = await client.PostAsync(RuleApi.Rule + "/backfills", $"{{{span}, \"preview\": true}}");
        Assert.Equal((200, "Previewed", 3), (status, preview.GetProperty("outcome").GetString(), preview.GetProperty("windows").GetInt32()));
        Assert.Empty(await fixture.WindowsAsync());

        (status, var started) = await client.PostAsync(RuleApi.Rule + "/backfills", $"{{{span}}}");
        Assert.Equal((200, "Started", 3), (status, started.GetProperty("outcome").GetString(), started.GetProperty("added").GetInt32()));

        var runs = await fixture.TickAsync(Day.AddHours(12).AddMinutes(6));
        Assert.Equal([12, 9, 10, 11], runs.Select(run => run.WindowEndUtc.Hour));
        Assert.Equal(AttemptOutcome.Alerted, runs[^1].Outcome);
        var gaps = await client.ReadAsync(RuleApi.Rule + "/gaps");
        var gap = gaps.GetProperty("items").EnumerateArray().Last();
        Assert.Equal(("Filled", "Requested", 3), (gap.GetProperty("state").GetString(), gap.GetProperty("cause").GetString(), gap.GetProperty("filled").GetInt32()));
    }

    [Theory]
    [InlineData("{}", 400, "from")]
    [InlineData("{\"from\": \"soon\", \"to\": \"2026-03-10\"}", 400, "ISO 8601")]
    [InlineData("{\"from\": \"2026-03-10\", \"to\": \"2026-03-09\"}", 400, "after the beginning")]
    [InlineData("{\"from\": \"2020-03-10\", \"to\": \"2026-03-09\"}", 400, "2,000 windows")]
    public async Task Post_SpanThatIsNone_IsSaid(string body, int expected, string words)
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 1);
        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);

        var (status, problem) = await client.PostAsync(RuleApi.Rule + "/backfills", body);

        Assert.Equal(expected, status);
        Assert.Contains(words, problem.GetProperty("errors").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_DisabledRule_IsAConflict()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 1);
        await fixture.Rules.SetEnabledAsync(RunsFixture.RuleId, enabled: false, Actor.System, TestContext.Current.CancellationToken);
        var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);

        var (status, _) = await client.PostAsync(RuleApi.Rule + "/backfills", "{\"from\": \"2026-03-09\", \"to\": \"2026-03-10\"}");

        Assert.Equal(409, status);
    }
}
