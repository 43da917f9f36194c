using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data.Alerts;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Rules.Testing;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>Evaluates a rule at any instant with any settings; stores nothing.</summary>
internal static class RuleTestEndpoint
{
    public static void Map(RouteGroupBuilder rules) => rules.MapPost("{id:guid}/test", TestAsync)
        .InTurn<EvaluationTurns>()
        .RequireAuthorization(Policies.CanView)
        .DisableRequestTimeout()
        .WithSummary("Evaluates the rule without storing anything: at 'asOf' (default now), with single 'settings' of its detector in place of the saved ones");

    private static async Task<Results<Ok<RuleTestResponse>, ProblemHttpResult>> TestAsync(
        Guid id,
        JsonElement? body,
        RuleStore store,
        RuleTester tester,
        DetectorCatalog detectors,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } rule)
        {
            return Problems.NotFound("rule");
        }

        var errors = new List<RuleError>();
        var asOfUtc = clock.GetUtcNow().UtcDateTime;
        var settings = rule.Definition.SettingsJson;
        if (body is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } request)
        {
            if (request.ValueKind is not JsonValueKind.Object)
            {
                return RuleProblems.Invalid([new("body.not-an-object", "body", "The body must be an object, such as {\"asOf\": \"2026-01-31T00:00:00Z\", \"settings\": {\"countryThreshold\": 5}}, or left out.")]);
            }

            asOfUtc = ReadAsOf(request, errors) ?? asOfUtc;
            settings = SettingsOverride.Read(request, settings, errors);
            errors.AddRange(request.EnumerateObject().Where(p => p.Name is not ("asOf" or "settings")).Select(p =>
                new RuleError("body.unknown", TelemetryText.Shown(p.Name), $"There is no field '{TelemetryText.Shown(p.Name)}'; there are asOf and settings.")));
        }

        if (errors.Count > 0)
        {
            return RuleProblems.Invalid(errors);
        }

        if (!detectors.TryBind(rule.Definition with { SettingsJson = settings }, out var bound, out var faults))
        {
            return RuleProblems.Invalid(faults);
        }

        return await tester.TestAsync(bound, id, asOfUtc, cancellationToken) is { } test
            ? TypedResults.Ok(RuleTestResponse.Of(test))
            : Problems.Of(
                StatusCodes.Status503ServiceUnavailable,
                "Took too long",
                string.Create(CultureInfo.InvariantCulture, $"The test was stopped after {RuleTester.TimeLimit.TotalSeconds:N0} seconds. Lower thresholds or shorter lookbacks need less time."));
    }

    private static DateTime? ReadAsOf(JsonElement request, List<RuleError> errors)
    {
        if (!request.TryGetProperty("asOf", out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.String && InstantText.TryRead(value.GetString(), out var instant))
        {
            return instant;
        }

        errors.Add(new("asOf.not-an-instant", "asOf", "asOf must be an ISO 8601 instant in quotes, such as \"2026-01-31T00:00:00Z\"; without an offset it is UTC."));
        return null;
    }

    /// <param name="AsOf">The instant evaluated.</param>
    /// <param name="WindowStart">Where the window starts.</param>
    /// <param name="WindowEnd">Where it ends: the instant.</param>
    /// <param name="ResultCount">Result rows found.</param>
    /// <param name="WouldFire">Whether that many meet the rule's trigger.</param>
    /// <param name="Notes">Where a scheduled run differs.</param>
    /// <param name="Results">The rows: the query's columns in its order, and an explanation; at most 10,000.</param>
    private sealed record RuleTestResponse(DateTime AsOf, DateTime WindowStart, DateTime WindowEnd, int ResultCount, bool WouldFire, IReadOnlyList<string> Notes, IEnumerable<JsonObject> Results)
    {
        public static RuleTestResponse Of(RuleTest test) =>
            new(test.AsOfUtc, test.Window.StartUtc, test.Window.EndUtc, test.ResultCount, test.WouldFire, test.Notes, test.Results.Select(Row));

        private static JsonObject Row(Finding finding)
        {
            var row = JsonNode.Parse(FindingJson.WriteColumns(finding.Columns))!.AsObject();
            row["explanation"] = JsonNode.Parse(FindingJson.WriteExplanation(finding.Explanation));
            return row;
        }
    }
}
