using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using RulePortal.Detection.Wording;
using RulePortal.Web.Tests.Features.RuleRuns;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>Words for talking to the rules' API.</summary>
internal static class RuleApi
{
    public static string Rule { get; } = $"/api/v1/rules/{RunsFixture.RuleId}";

    public static async Task<JsonElement> ReadAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await JsonAsync(answer);
    }

    public static async Task<JsonObject> DefinitionAsync(this HttpClient client) =>
        JsonNode.Parse((await client.ReadAsync(Rule)).GetProperty("definition").GetRawText())!.AsObject();

    public static async Task<(int Status, JsonElement Body)> PutAsync(this HttpClient client, JsonObject definition, int? expectedVersion = null, string? ifMatch = null, string? note = null, string? overridePins = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Rule, UriKind.Relative));
        request.Content = JsonContent.Create(new { definition, expectedVersion, note, overridePins });
        if (ifMatch is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("If-Match", ifMatch));
        }

        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await JsonAsync(answer));
    }

    public static async Task<(int Status, JsonElement Body)> PostAsync(this HttpClient client, string path, string? json = null)
    {
        using var content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)answer.StatusCode, await JsonAsync(answer));
    }

    public static IReadOnlyList<(string Code, string Field)> Errors(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("code").GetString()!, error.GetProperty("field").GetString()!))];

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();
}
