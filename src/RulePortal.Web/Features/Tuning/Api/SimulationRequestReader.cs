using System.Text.Json;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Features.Tuning.Api;

/// <summary>Reads what to simulate from a request's body, gathering every fault.</summary>
internal sealed class SimulationRequestReader(RuleDefinition saved, DateTime nowUtc)
{
    private static readonly string[] Known = ["from", "to", "settings", "triggerThreshold", "nearMissSteps", "across", "down", "against"];

    private readonly List<RuleError> errors = [];

    public IReadOnlyList<RuleError> Errors => errors;

    /// <summary>The rule as it would be.</summary>
    public RuleDefinition Rule { get; private set; } = saved;

    /// <summary>Thirty days to now, unless it is said.</summary>
    public TimeRange Span { get; private set; } = TimeRange.Back(nowUtc, TimeSpan.FromDays(30));

    public int NearMissSteps { get; private set; } = 1;

    /// <summary>The version to compare with, or null for the one in force.</summary>
    public int? Against { get; private set; }

    /// <summary>Axes of the heat map; none is made unless both are named.</summary>
    public (string? Across, string? Down) Map { get; private set; }

    public void Read(JsonElement? body)
    {
        if (body is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } request)
        {
            return;
        }

        if (request.ValueKind is not JsonValueKind.Object)
        {
            errors.Add(new("body.not-an-object", "body", "The body must be an object, such as {\"settings\": {\"countryThreshold\": 10}}, or left out."));
            return;
        }

        errors.AddRange(request.EnumerateObject().Where(p => !Known.Contains(p.Name, StringComparer.Ordinal)).Select(p =>
            new RuleError("body.unknown", TelemetryText.Shown(p.Name), $"There is no field '{TelemetryText.Shown(p.Name)}'; there are {string.Join(", ", Known)}.")));
        var end = Instant(request, "to") ?? Span.EndUtc;
        Span = new TimeRange(Instant(request, "from") ?? TimeRange.Back(end, TimeSpan.FromDays(30)).StartUtc, end);
        Rule = Rule with
        {
            SettingsJson = SettingsOverride.Read(request, Rule.SettingsJson, errors),
            TriggerThreshold = Number(request, "triggerThreshold", Rule.TriggerThreshold, 0, RuleLimits.GreatestThreshold),
        };
        NearMissSteps = Number(request, "nearMissSteps", NearMissSteps, 1, 10);
        Against = Value(request, "against") is null ? null : Number(request, "against", 1, 1, int.MaxValue);
        Map = (Text(request, "across"), Text(request, "down"));
    }

    private DateTime? Instant(JsonElement request, string field)
    {
        if (Value(request, field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.String && InstantText.TryRead(value.GetString(), out var instant))
        {
            return instant;
        }

        errors.Add(new($"{field}.not-an-instant", field, $"{field} must be an ISO 8601 instant in quotes, such as \"2026-01-31T00:00:00Z\"; without an offset it is UTC."));
        return null;
    }

    private int Number(JsonElement request, string field, int otherwise, int least, int greatest)
    {
        if (Value(request, field) is not { } value)
        {
            return otherwise;
        }

        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= greatest)
        {
            return number;
        }

        errors.Add(new($"{field}.out-of-range", field, $"{field} must be a whole number from {Words.Number(least)} to {Words.Number(greatest)}."));
        return otherwise;
    }

    private string? Text(JsonElement request, string field)
    {
        if (Value(request, field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.String)
        {
            return value.GetString();
        }

        errors.Add(new($"{field}.not-a-text", field, $"{field} must be the key of what is moved, such as \"countryThreshold\"."));
        return null;
    }

    private static JsonElement? Value(JsonElement request, string field) =>
        request.TryGetProperty(field, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}
