using System.Net.Http.Json;
using System.Text.Json;
using RulePortal.Data.Alerts;
using RulePortal.Data.Security;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>Pins over the API: put on an alert, met when the rule is saved, overridden, taken off.</summary>
public sealed class PinApiTests
{
    [Fact]
    public async Task Put_DefinitionThatBreaksAPin_IsRefusedByNameAndSavedWithAReason()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        using var client = await AlertedAsync(fixture);
        var (status, pinned) = await SendAsync(client, HttpMethod.Put, new { kind = "MustFire", note = "the real one", version = 1 });
        Assert.Equal((200, 2), (status, pinned.GetProperty("version").GetInt32()));
        Assert.Equal("MustFire", (await client.ReadAsync("/api/v1/alerts/1")).GetProperty("pin").GetProperty("kind").GetString());
        var pins = await client.ReadAsync(RuleApi.Rule + "/pins");
        Assert.Equal((1, "Holds"), (pins.GetProperty("total").GetInt32(), pins.GetProperty("items")[0].GetProperty("standing").GetString()));

        var definition = await client.DefinitionAsync();
        definition["triggerThreshold"] = 6;
        var (refused, problem) = await client.PutAsync(definition, expectedVersion: 1);

        Assert.Equal((422, "Breaks pins"), (refused, problem.GetProperty("title").GetString()));
        Assert.Contains("send the same with 'overridePins' saying why", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(("pin.broken", "overridePins"), Assert.Single(problem.Errors()));
        Assert.Equal("Alert 1 must fire: The window has 6 result rows and does not fire, as it takes more than 6.", problem.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal((1, "the real one", "Breaks"), (problem.GetProperty("pins")[0].GetProperty("alertId").GetInt32(), problem.GetProperty("pins")[0].GetProperty("note").GetString(), problem.GetProperty("pins")[0].GetProperty("standing").GetString()));
        Assert.Equal(422, (await client.PutAsync(definition, expectedVersion: 1, overridePins: " ")).Status);

        var (saved, rule) = await client.PutAsync(definition, expectedVersion: 1, overridePins: "Belarus is ours now.");

        Assert.Equal((200, 2, false), (saved, rule.GetProperty("version").GetInt32(), rule.TryGetProperty("pinsNotJudged", out _)));
        var version = (await client.ReadAsync(RuleApi.Rule + "/versions")).GetProperty("items")[0];
        Assert.Equal("Belarus is ours now.", version.GetProperty("pinOverride").GetString());
        Assert.Equal((1, "MustFire"), (version.GetProperty("brokenPins")[0].GetProperty("alertId").GetInt32(), version.GetProperty("brokenPins")[0].GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Put_PinThatCannotBeJudged_IsSavedAndNamed()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        using var client = await AlertedAsync(fixture);
        await SendAsync(client, HttpMethod.Put, new { kind = "MustFire", version = 1 });
        var definition = await client.DefinitionAsync();
        definition["queryFrequency"] = "PT2H";

        var (status, rule) = await client.PutAsync(definition, expectedVersion: 1);

        Assert.Equal(200, status);
        Assert.Equal("No window ends at 2026-03-10 11:00 UTC when the rule runs every 2 h.", rule.GetProperty("pinsNotJudged")[0].GetProperty("why").GetString());
    }

    [Fact]
    public async Task Pin_FaultyRacedOrForbidden_IsRefused()
    {
        await using var fixture = await RunsFixture.CreateAsync();
        using var client = await AlertedAsync(fixture);
        using var responder = await fixture.Factory.WithKeyAsync(ApiKeyRole.Responder);

        Assert.Equal(400, (await SendAsync(client, HttpMethod.Put, new { version = 1 })).Status);
        Assert.Equal(400, (await SendAsync(client, HttpMethod.Put, new { kind = "MustFire", note = new string('x', 301), version = 1 })).Status);
        Assert.Equal(428, (await SendAsync(client, HttpMethod.Put, new { kind = "MustFire" })).Status);
        Assert.Equal(409, (await SendAsync(client, HttpMethod.Put, new { kind = "MustFire", version = 7 })).Status);
        Assert.Equal(403, (await SendAsync(responder, HttpMethod.Put, new { kind = "MustFire", version = 1 })).Status);
        Assert.Equal(404, (await SendAsync(client, HttpMethod.Put, new { kind = "MustFire", version = 1 }, alert: 99)).Status);
        Assert.Equal(200, (await SendAsync(client, HttpMethod.Put, new { kind = "MustNotFire", version = 1 })).Status);
        Assert.Equal(200, (await SendAsync(client, HttpMethod.Delete, body: null, query: "?version=2")).Status);
        Assert.Equal(JsonValueKind.Null, (await client.ReadAsync("/api/v1/alerts/1")).GetProperty("pin").ValueKind);
    }

    private static async Task<HttpClient> AlertedAsync(RunsFixture fixture)
    {
        await fixture.PlantAsync(ports: 6);
        await fixture.TickAsync(RunsFixture.Start.Date.AddHours(11).AddMinutes(6));
        Assert.Equal(1, Assert.Single(await fixture.AlertsAsync()).Id);
        return await fixture.Factory.WithKeyAsync(ApiKeyRole.Contributor);
    }

    private static async Task<(int Status, JsonElement Body)> SendAsync(HttpClient client, HttpMethod method, object? body, int alert = 1, string query = "")
    {
        using var request = new HttpRequestMessage(method, new Uri($"/api/v1/alerts/{alert}/pin{query}", UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
