using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RulePortal.Data.Security;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>What changes nothing shares one application; a test that changes the rule has its own.</summary>
public sealed class RuleApiTests(PortalFactory shared) : IClassFixture<PortalFactory>
{
    private static readonly string[] DefinitionFields =
    [
        "name", "description", "severity", "tactics", "tacticsText", "techniques", "queryText", "detector", "settings", "queryFrequency", "queryPeriod",
        "triggerOperator", "triggerThreshold", "eventGrouping", "suppressionDuration", "learningPeriod", "holdAbove", "baselineExcludesAlerts",
    ];

    [Fact]
    public async Task Get_ShippedRule_AnswersItsDefinitionWithIsoDurationsAndItsVersionAsETag()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);

        using var answer = await client.GetAsync(new Uri(RuleApi.Rule, UriKind.Relative));
        var rule = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal("\"1\"", answer.Headers.ETag?.ToString());
        Assert.Equal(1, rule.GetProperty("version").GetInt32());
        Assert.True(rule.GetProperty("enabled").GetBoolean());
        var definition = rule.GetProperty("definition");
        Assert.Equal(DefinitionFields, definition.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("PT1H", "P30D", "GreaterThan", 5), (definition.GetProperty("queryFrequency").GetString(), definition.GetProperty("queryPeriod").GetString(), definition.GetProperty("triggerOperator").GetString(), definition.GetProperty("triggerThreshold").GetInt32()));
        Assert.Equal(["CommandAndControl", "InitialAccess", "Exfiltration", "Discovery", "Collection"], definition.GetProperty("tactics").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(5, definition.GetProperty("settings").GetProperty("countryThreshold").GetInt32());
    }

    [Fact]
    public async Task Get_NoSuchRule_IsNotFoundEverywhere()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Contributor);
        var rule = $"/api/v1/rules/{Guid.NewGuid()}";

        foreach (var path in new[] { rule, rule + "/versions", rule + "/versions/1", rule + "/windows" })
        {
            Assert.Equal(404, (await client.ReadAsync(path)).GetProperty("status").GetInt32());
        }

        foreach (var path in new[] { rule + "/enable", rule + "/disable", rule + "/test" })
        {
            Assert.Equal(404, (await client.PostAsync(path)).Status);
        }
    }

    [Fact]
    public async Task List_AfterARun_ShowsItWithAlertsAndNextRun()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(RunsFixture.Start.Date.AddHours(11).AddMinutes(6));
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var list = await client.ReadAsync("/api/v1/rules");

        Assert.Equal(1, list.GetProperty("total").GetInt32());
        Assert.Equal(JsonValueKind.Null, list.GetProperty("next").ValueKind);
        var rule = list.GetProperty("items")[0];
        Assert.Equal("6 result rows exceeded the threshold of more than 5: 1 alert", rule.GetProperty("lastRun").GetProperty("sentence").GetString());
        Assert.Equal((1, 1), (rule.GetProperty("alerts24Hours").GetInt32(), rule.GetProperty("alerts7Days").GetInt32()));
        Assert.Equal("2026-03-10T12:05:00Z", rule.GetProperty("nextRunUtc").GetString());
        Assert.Equal(JsonValueKind.Null, rule.GetProperty("falsePositiveShare").ValueKind);
    }

    [Theory]
    [InlineData("name=OUTBOUND", 1)]
    [InlineData("name=inbound", 0)]
    [InlineData("enabled=true", 1)]
    [InlineData("enabled=false", 0)]
    [InlineData("severity=Low&tactic=Discovery", 1)]
    [InlineData("severity=High", 0)]
    [InlineData("tactic=Impact", 0)]
    [InlineData("limit=1&offset=1", 1)]
    public async Task List_Filtered_CountsWhatTheFiltersLetThrough(string query, int total)
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);

        Assert.Equal(total, (await client.ReadAsync("/api/v1/rules?" + query)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task List_UnknownSeverity_IsABadRequest()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Reader);

        Assert.Equal(400, (await client.ReadAsync("/api/v1/rules?severity=Awful")).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Put_ChangedDefinition_IsTheNextVersionWithItsNoteAndChanges()
    {
        using var factory = new PortalFactory();
        using var client = await factory.WithKeyAsync(ApiKeyRole.Contributor);
        var definition = await client.DefinitionAsync();
        definition["triggerThreshold"] = 3;
        definition["queryPeriod"] = "PT336H";
        definition["settings"]!["tupleLookback"] = "PT72H";

        var (status, rule) = await client.PutAsync(definition, expectedVersion: 1, note: "  Quieter.  ");

        Assert.Equal((200, 2), (status, rule.GetProperty("version").GetInt32()));
        Assert.Equal(("P14D", "P3D"), (rule.GetProperty("definition").GetProperty("queryPeriod").GetString(), rule.GetProperty("definition").GetProperty("settings").GetProperty("tupleLookback").GetString()));
        var versions = await client.ReadAsync(RuleApi.Rule + "/versions");
        Assert.Equal(2, versions.GetProperty("total").GetInt32());
        var newest = versions.GetProperty("items")[0];
        Assert.Equal("Quieter.", newest.GetProperty("note").GetString());
        Assert.Equal(
            ["settings.tupleLookback: P7D -> P3D", "queryPeriod: P30D -> P14D", "triggerThreshold: 5 -> 3"],
            newest.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("field").GetString()}: {c.GetProperty("before").GetString()} -> {c.GetProperty("after").GetString()}"));
        Assert.Equal(5, (await client.ReadAsync(RuleApi.Rule + "/versions/1")).GetProperty("triggerThreshold").GetInt32());
    }

    [Fact]
    public async Task Put_DurationsSpelledOtherwise_ChangesNothing()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Contributor);
        var definition = await client.DefinitionAsync();
        definition["queryFrequency"] = "PT60M";
        definition["settings"]!["tupleLookback"] = "P1W";

        var (status, rule) = await client.PutAsync(definition, ifMatch: "\"1\"");

        Assert.Equal((200, 1), (status, rule.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Put_WithoutAVersion_SaysWhichIsNeeded()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Contributor);

        var (status, problem) = await client.PutAsync(await client.DefinitionAsync());

        Assert.Equal(428, status);
        Assert.Contains("If-Match: \"1\"", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null, 409)]
    [InlineData(null, "\"1\"", 412)]
    [InlineData(2, "W/\"2\"", 412)]
    [InlineData(null, "\"7\", \"2\"", 200)]
    [InlineData(null, "*", 200)]
    [InlineData(2, null, 200)]
    public async Task Put_AfterSomebodyElse_IsRefusedUnlessBasedOnTheirVersion(int? expectedVersion, string? ifMatch, int expected)
    {
        using var factory = new PortalFactory();
        using var client = await factory.WithKeyAsync(ApiKeyRole.Contributor);
        var definition = await client.DefinitionAsync();
        definition["triggerThreshold"] = 3;
        Assert.Equal(200, (await client.PutAsync(definition, expectedVersion: 1)).Status);
        definition["triggerThreshold"] = 4;

        var (status, body) = await client.PutAsync(definition, expectedVersion, ifMatch);

        Assert.Equal(expected, status);
        Assert.Equal(expected == 200 ? 4 : 3, (await client.DefinitionAsync())["triggerThreshold"]!.GetValue<int>());
        if (expected != 200)
        {
            Assert.Contains("version 2", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Put_ManyFaults_ListsEachWithCodeAndFieldAndSavesNothing()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Contributor);
        var definition = await client.DefinitionAsync();
        definition["name"] = " ";
        definition["severity"] = "Awful";
        definition["tactics"] = new JsonArray("Discovery", "Discover");
        definition["queryFrequency"] = "1h";
        definition["triggerThreshold"] = "5";
        definition["settings"]!["countryThreshold"] = -1;
        definition["settings"]!["knob"] = true;
        definition["colour"] = "red";
        definition.Remove("description");

        var (status, problem) = await client.PutAsync(definition, expectedVersion: 1);

        Assert.Equal(422, status);
        Assert.Equal(
            [
                ("colour.unknown", "colour"),
                ("description.missing", "description"),
                ("name.missing", "name"),
                ("queryFrequency.not-a-duration", "queryFrequency"),
                ("settings.countryThreshold.out-of-range", "settings.countryThreshold"),
                ("settings.unknown-key", "settings.knob"),
                ("severity.not-a-choice", "severity"),
                ("tactics.not-a-choice", "tactics"),
                ("triggerThreshold.not-a-number", "triggerThreshold"),
            ],
            problem.Errors().Order());
        Assert.All(problem.GetProperty("errors").EnumerateArray(), error => Assert.NotEmpty(error.GetProperty("message").GetString()!));
        Assert.Equal(1, (await client.ReadAsync(RuleApi.Rule)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Put_NoteTooLong_IsAFaultOfTheNote()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Contributor);

        var (status, problem) = await client.PutAsync(await client.DefinitionAsync(), expectedVersion: 1, note: new string('x', 1001));

        Assert.Equal(422, status);
        Assert.Equal([("note.too-long", "note")], problem.Errors());
    }

    [Fact]
    public async Task Put_NoDefinition_SaysWhatToGive()
    {
        using var client = await shared.WithKeyAsync(ApiKeyRole.Contributor);
        using var answer = await client.PutAsync(new Uri(RuleApi.Rule, UriKind.Relative), new StringContent("""{"expectedVersion":1,"definition":null}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("definition.missing", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disable_ThenEnable_SwitchesTheRule()
    {
        using var factory = new PortalFactory();
        using var client = await factory.WithKeyAsync(ApiKeyRole.Contributor);

        var (off, disabled) = await client.PostAsync(RuleApi.Rule + "/disable");
        var nextRun = (await client.ReadAsync("/api/v1/rules")).GetProperty("items")[0].GetProperty("nextRunUtc").ValueKind;
        var (on, enabled) = await client.PostAsync(RuleApi.Rule + "/enable");

        Assert.Equal((200, 200), (off, on));
        Assert.False(disabled.GetProperty("enabled").GetBoolean());
        Assert.Equal(JsonValueKind.Null, nextRun);
        Assert.True(enabled.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task WindowsAndRuns_AfterRuns_AreFilteredAndPaged()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(RunsFixture.Start.Date.AddHours(13).AddMinutes(6));
        using var client = await fixture.Factory.WithKeyAsync(ApiKeyRole.Reader);

        var windows = await client.ReadAsync(RuleApi.Rule + "/windows?limit=2");
        var rest = await client.ReadAsync(windows.GetProperty("next").GetString()!);
        var alerted = await client.ReadAsync(RuleApi.Rule + "/windows?outcome=Alerted");
        var runs = await client.ReadAsync($"/api/v1/runs?rule={RunsFixture.RuleId}&outcome=NoData&from=2026-03-10T00:00:00Z&to=2026-03-11T00:00:00Z");
        var earlier = await client.ReadAsync("/api/v1/runs?to=2026-03-10T00:00:00Z");

        Assert.Equal(3, windows.GetProperty("total").GetInt32());
        Assert.Equal(["2026-03-10T13:00:00Z", "2026-03-10T12:00:00Z"], windows.GetProperty("items").EnumerateArray().Select(w => w.GetProperty("endUtc").GetString()));
        Assert.Equal("2026-03-10T11:00:00Z", Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("endUtc").GetString());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        Assert.Equal("Alerted", Assert.Single(alerted.GetProperty("items").EnumerateArray()).GetProperty("lastAttempt").GetProperty("outcome").GetString());
        Assert.Equal(2, runs.GetProperty("total").GetInt32());
        Assert.Equal(0, earlier.GetProperty("total").GetInt32());
    }
}
