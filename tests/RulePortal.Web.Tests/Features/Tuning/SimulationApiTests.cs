using System.Text.Json;
using RulePortal.Data.Security;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Tuning;

public sealed class SimulationApiTests(PortalFactory shared) : IClassFixture<PortalFactory>
{
    private static string Path { get; } = RuleApi.Rule + "/simulation";

    [Fact]
    public async Task Simulation_HigherTrigger_NamesTheAlertThatWouldBeGoneAndStoresNothing()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 40);
        await fixture.PlantAsync(ports: 6);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (status, answer) = await client.PostAsync(Path, """{"from":"2026-03-10T00:00:00Z","to":"2026-03-10T11:00:00Z","triggerThreshold":6}""");

        Assert.Equal(200, status);
        Assert.Equal(11, answer.GetProperty("windows").GetInt32());
        Assert.Equal((1, 0), (Totals(answer, "saved").GetProperty("alerts").GetInt32(), Totals(answer, "changed").GetProperty("alerts").GetInt32()));
        Assert.Equal(6, answer.GetProperty("changed").GetProperty("values").GetProperty("triggerThreshold").GetInt32());
        Assert.Equal("P30D", answer.GetProperty("saved").GetProperty("values").GetProperty("countryLookback").GetString());
        var removed = Assert.Single(answer.GetProperty("removed").EnumerateArray());
        Assert.Equal(("2026-03-10T11:00:00Z", "all", 6), (removed.GetProperty("windowEnd").GetString(), removed.GetProperty("groupKey").GetString(), removed.GetProperty("resultRows").GetInt32()));
        var row = removed.GetProperty("rows")[0];
        var names = row.GetProperty("names");
        Assert.Equal(("nc", "vm-01"), (names.GetProperty("ProcessName1").GetString(), names.GetProperty("Computer").GetString()));
        Assert.Equal(("Belarus", "2026-03-10T10:40:00Z"), (row.GetProperty("subject").GetProperty("RemoteCountry").GetString(), row.GetProperty("first").GetString()));
        Assert.Empty(answer.GetProperty("added").EnumerateArray());
        var miss = Assert.Single(answer.GetProperty("nearMisses").EnumerateArray());
        Assert.Equal(("triggerThreshold", -1), (miss.GetProperty("key").GetString(), miss.GetProperty("distance").GetInt32()));
        Assert.Empty(await fixture.AlertsAsync());
        Assert.Equal(0, (await client.ReadAsync("/api/v1/runs")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Simulation_StoredAlert_StandsBesideTheSimulatedOne()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 40);
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(RunsFixture.Start);
        await fixture.TickAsync(RunsFixture.Start.AddHours(1));
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (_, answer) = await client.PostAsync(Path);

        var alert = Assert.Single(answer.GetProperty("alerts").EnumerateArray());
        Assert.Equal("New", alert.GetProperty("stored").GetProperty("status").GetString());
        Assert.Equal(1, answer.GetProperty("unchanged").GetInt32());
    }

    [Fact]
    public async Task Simulation_TwoKnobsNamed_HasTheirHeatMap()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 40);
        await fixture.PlantAsync(ports: 6);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (_, answer) = await client.PostAsync(Path, """{"to":"2026-03-10T11:00:00Z","across":"triggerThreshold","down":"countryLookback"}""");

        var map = answer.GetProperty("map");
        Assert.Equal(["P1D", "P7D", "P14D", "P30D"], map.GetProperty("downValues").EnumerateArray().Select(value => value.GetString()));
        var last = map.GetProperty("alerts").EnumerateArray().Last().EnumerateArray().Select(cell => cell.GetInt32()).ToList();
        Assert.Equal((51, 1, 0), (last.Count, last[5], last[6]));
        var tuple = answer.GetProperty("curves").EnumerateArray().Single(curve => curve.GetProperty("key").GetString() == "tupleThreshold");
        Assert.StartsWith("Tuple threshold has no effect here", tuple.GetProperty("noEffect").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulation_AgainstAnEarlierVersion_NamesWhatOnlyThatOneRaised()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 40);
        await fixture.PlantAsync(ports: 6);
        await fixture.SaveAsync(rule => rule with { TriggerThreshold = 20 });
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (_, answer) = await client.PostAsync(Path, """{"to":"2026-03-10T11:00:00Z","against":1}""");
        var (_, unknown) = await client.PostAsync(Path, """{"against":7}""");

        Assert.Equal(1, answer.GetProperty("version").GetInt32());
        Assert.Equal((5, 20), (Value(answer, "saved"), Value(answer, "changed")));
        Assert.Single(answer.GetProperty("removed").EnumerateArray());
        Assert.Equal([("against.unknown", "against")], unknown.Errors());

        static int Value(JsonElement answer, string which) => answer.GetProperty(which).GetProperty("values").GetProperty("triggerThreshold").GetInt32();
    }

    [Theory]
    [InlineData("""{"from":"yesterday"}""", "from.not-an-instant", "from")]
    [InlineData("""{"from":"2025-01-01T00:00:00Z"}""", "span.out-of-range", "span")]
    [InlineData("""{"from":"2026-03-02T00:00:00Z","to":"2026-03-01T00:00:00Z"}""", "span.out-of-range", "span")]
    [InlineData("""{"triggerThreshold":-1}""", "triggerThreshold.out-of-range", "triggerThreshold")]
    [InlineData("""{"triggerThreshold":"5"}""", "triggerThreshold.out-of-range", "triggerThreshold")]
    [InlineData("""{"nearMissSteps":11}""", "nearMissSteps.out-of-range", "nearMissSteps")]
    [InlineData("""{"settings":{"countryThreshold":1.5}}""", "settings.countryThreshold.out-of-range", "settings.countryThreshold")]
    [InlineData("""{"across":"severity","down":"triggerThreshold"}""", "across.unknown", "across")]
    [InlineData("""{"down":5}""", "down.not-a-text", "down")]
    [InlineData("""{"span":30}""", "body.unknown", "span")]
    [InlineData("[]", "body.not-an-object", "body")]
    public async Task Simulation_Fault_IsNamedWithItsField(string body, string code, string field)
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);

        var (status, problem) = await client.PostAsync(Path, body);

        Assert.Equal(422, status);
        Assert.Equal([(code, field)], problem.Errors());
    }

    [Fact]
    public async Task Simulation_UnknownRule_IsNotFound()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);

        Assert.Equal(404, (await client.PostAsync($"/api/v1/rules/{Guid.Empty}/simulation")).Status);
    }

    private static JsonElement Totals(JsonElement answer, string which) => answer.GetProperty(which).GetProperty("totals");
}
