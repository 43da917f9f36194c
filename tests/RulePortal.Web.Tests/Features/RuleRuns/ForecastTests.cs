using RulePortal.Data.Security;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.RuleRuns;

/// <summary>What the API says of an alert that grows into its rule's baseline.</summary>
public sealed class ForecastTests
{
    private static readonly DateTime Day = RunsFixture.Start.Date;

    [Fact]
    public async Task Get_BaselineOfAnAlert_NamesTheWindowThatIsBlindAndTheRowThatMakesItSo()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(Day.AddHours(11).AddMinutes(5));
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);
        var path = $"/api/v1/alerts/{(await fixture.AlertsAsync())[0].Id}/baseline";

        var item = Assert.Single((await client.ReadAsync(path)).GetProperty("items").EnumerateArray());

        Assert.Equal(("Belarus", "Becoming", 6), (item.GetProperty("subject").GetProperty("RemoteCountry").GetString(), item.GetProperty("state").GetString(), item.GetProperty("rows").GetInt32()));
        Assert.Equal((Day.AddHours(10).AddMinutes(40), Day.AddHours(12)), (item.GetProperty("reachedUtc").GetDateTime().ToUniversalTime(), item.GetProperty("firstEndUtc").GetDateTime().ToUniversalTime()));
        fixture.Clock.SetUtcNow(new DateTimeOffset(Day.AddHours(12)));
        Assert.Equal("Ordinary", (await client.ReadAsync(path)).GetProperty("items")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Get_BaselineOfNoAlert_IsNotFound()
    {
        await using var fixture = await RunsFixture.CreateAsync(baselineDays: 1);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        Assert.Equal("There is no such alert.", (await client.ReadAsync("/api/v1/alerts/9/baseline")).GetProperty("detail").GetString());
    }
}
