using System.Text.Json;
using RulePortal.Data.Security;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

public sealed class RuleTestApiTests(PortalFactory shared) : IClassFixture<PortalFactory>
{
    private static readonly string[] Columns =
    [
        "ProcessName", "SourceIp", "DestinationIp", "RemoteCountry", "count_", "Computer", "Direction", "ProcessName1", "SourceIp1", "DestinationIp1",
        "DestinationPort", "Protocol", "RemoteCountry1", "MaliciousIp", "min_TimeGenerated", "max_TimeGenerated", "sum_BytesSent", "sum_BytesReceived",
    ];

    private static string Path { get; } = RuleApi.Rule + "/test";

    [Fact]
    public async Task Test_RareCountry_AnswersTheQuerysRowsWithExplanationsAndStoresNothing()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (status, test) = await client.PostAsync(Path, """{"asOf":"2026-03-10T11:00:00Z"}""");

        Assert.Equal(200, status);
        Assert.Equal(("2026-03-10T11:00:00Z", "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z"), (test.GetProperty("asOf").GetString(), test.GetProperty("windowStart").GetString(), test.GetProperty("windowEnd").GetString()));
        Assert.Equal((6, true), (test.GetProperty("resultCount").GetInt32(), test.GetProperty("wouldFire").GetBoolean()));
        var row = test.GetProperty("results")[0];
        Assert.Equal([.. Columns, "explanation"], row.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("nc", "Belarus", "2026-03-10T10:40:00.0000000Z", 10), (row.GetProperty("ProcessName").GetString(), row.GetProperty("RemoteCountry1").GetString(), row.GetProperty("min_TimeGenerated").GetString(), row.GetProperty("sum_BytesSent").GetInt64()));
        Assert.Equal(["countryRows", "tupleRows", "leftTupleRows"], row.GetProperty("explanation").GetProperty("measures").EnumerateArray().Take(3).Select(m => m.GetProperty("key").GetString()));
        Assert.Contains(test.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("learning period (7 d) is ignored", StringComparison.Ordinal));
        Assert.Empty(await fixture.AlertsAsync());
        Assert.Equal(0, (await client.ReadAsync("/api/v1/runs")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Test_NoBody_EvaluatesNow()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (status, test) = await client.PostAsync(Path);

        Assert.Equal(200, status);
        Assert.Equal("2026-03-10T10:20:00Z", test.GetProperty("asOf").GetString());
        Assert.Equal((0, false), (test.GetProperty("resultCount").GetInt32(), test.GetProperty("wouldFire").GetBoolean()));
    }

    [Theory]
    [InlineData("""{"countryThreshold":0}""", 6, "PT1H")]
    [InlineData("""{"direction":"inbound"}""", 0, "PT1H")]
    [InlineData("""{"countryThreshold":1000000,"tupleThreshold":1000000}""", 7, "PT1H")]
    [InlineData("""{"countryThreshold":1000000}""", 6, "PT1H")]
    [InlineData("""{"currentWindow":"PT10M"}""", 0, "PT10M")]
    public async Task Test_SingleSettings_TakeThePlaceOfTheSavedOnes(string settings, int results, string window)
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var (status, test) = await client.PostAsync(Path, $$"""{"asOf":"2026-03-10T11:00:00Z","settings":{{settings}}}""");

        Assert.Equal(200, status);
        Assert.Equal(results, test.GetProperty("resultCount").GetInt32());
        Assert.Equal(System.Xml.XmlConvert.ToTimeSpan(window), test.GetProperty("windowEnd").GetDateTime() - test.GetProperty("windowStart").GetDateTime());
    }

    [Theory]
    [InlineData("""{"asOf":"yesterday"}""", "asOf.not-an-instant", "asOf")]
    [InlineData("""{"asOf":"3/10/2026 11:00:00"}""", "asOf.not-an-instant", "asOf")]
    [InlineData("""{"settings":[]}""", "settings.not-an-object", "settings")]
    [InlineData("""{"settings":{"knob":1}}""", "settings.unknown-key", "settings.knob")]
    [InlineData("""{"settings":{"countryThreshold":1.5}}""", "settings.countryThreshold.out-of-range", "settings.countryThreshold")]
    [InlineData("""{"settings":{"tupleLookback":"7d"}}""", "settings.tupleLookback.not-a-duration", "settings.tupleLookback")]
    [InlineData("""{"settings":{"tupleThreshold":1,"tupleThreshold":2}}""", "settings.repeated-key", "settings.tupleThreshold")]
    [InlineData("""{"now":"2026-03-10T11:00:00Z"}""", "body.unknown", "now")]
    [InlineData("""[]""", "body.not-an-object", "body")]
    public async Task Test_Fault_IsNamedWithItsFieldAndRemedy(string body, string code, string field)
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);

        var (status, problem) = await client.PostAsync(Path, body);

        Assert.Equal(422, status);
        Assert.Equal([(code, field)], problem.Errors());
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Test_NotJson_IsABadRequest()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);

        Assert.Equal(400, (await client.PostAsync(Path, "{")).Status);
    }

    [Theory]
    [InlineData("""{"settings":{"direction":"\ud800"}}""")]
    [InlineData("""{"\udfff":1}""")]
    [InlineData("{\"settings\":{\"direction\":\"\u00C3\"}}")]
    public async Task Test_TextThatIsNone_IsABadRequestThatSaysSo(string body)
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);
        // One byte a character: the last body is not UTF-8.
        using var content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(body)) { Headers = { ContentType = new("application/json") } };

        using var answer = await client.PostAsync(new Uri(Path, UriKind.Relative), content);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("The JSON cannot be read at", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_InstantWithOffsetOrWithout_IsReadAsUtc()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);

        foreach (var instant in new[] { "2026-03-10T11:00:00Z", "2026-03-10T13:00:00+02:00", "2026-03-10T11:00", "2026-03-10T11:00:00.0000000Z" })
        {
            Assert.Equal("2026-03-10T11:00:00Z", (await client.PostAsync(Path, JsonSerializer.Serialize(new { asOf = instant }))).Body.GetProperty("asOf").GetString());
        }
    }
}
