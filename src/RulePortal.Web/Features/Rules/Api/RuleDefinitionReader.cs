using System.Text.Json;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>Reads a definition from JSON strictly and collects every fault. Every field must be given: what a client forgot must not be wiped out.</summary>
internal sealed class RuleDefinitionReader
{
    private readonly JsonElement body;
    private readonly List<RuleError> errors = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private RuleDefinitionReader(JsonElement body) => this.body = body;

    /// <returns>The definition, and every fault: of its spelling, and of what it says as far as that could be read.</returns>
    public static (RuleDefinition? Definition, IReadOnlyList<RuleError> Errors) Read(JsonElement body, DetectorCatalog detectors)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return (null, [new("definition.missing", "definition", "Give the whole definition as an object under 'definition', in the shape in which GET answers it.")]);
        }

        var reader = new RuleDefinitionReader(body);
        var rule = reader.Definition();
        reader.RefuseUnknown();
        var spelled = reader.errors.Select(e => e.Field).ToHashSet(StringComparer.Ordinal);
        var faults = detectors.Check(rule, out var bound);
        return (bound?.Definition ?? rule, [.. reader.errors, .. faults.Where(e => !spelled.Contains(e.Field))]);
    }

    private RuleDefinition Definition() => new()
    {
        Name = Text("name") ?? "",
        Description = Text("description") ?? "",
        Severity = Word<Severity>("severity"),
        Tactics = Tactics("tactics"),
        TacticsText = Text("tacticsText", mayBeNull: true),
        Techniques = Texts("techniques", "technique ids, such as T1071"),
        QueryText = Text("queryText", mayBeNull: true),
        Detector = Text("detector") ?? "",
        SettingsJson = Given("settings")?.GetRawText() ?? "{}",
        QueryFrequency = Duration("queryFrequency") ?? TimeSpan.FromHours(1),
        QueryPeriod = Duration("queryPeriod") ?? TimeSpan.FromHours(1),
        TriggerOperator = Word<TriggerOperator>("triggerOperator"),
        TriggerThreshold = Number("triggerThreshold"),
        EventGrouping = Word<EventGrouping>("eventGrouping"),
        SuppressionDuration = Duration("suppressionDuration", mayBeNull: true),
        LearningPeriod = Duration("learningPeriod") ?? TimeSpan.Zero,
        HoldAbove = NumberOrNull("holdAbove"),
        BaselineExcludesAlerts = YesOrNo("baselineExcludesAlerts"),
    };

    private static (T Value, bool IsKnown) One<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.Ordinal) ? (Enum.Parse<T>(text), true) : (default, false);

    private static string Allowed<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());

    private JsonElement? Given(string field, bool mayBeNull = false)
    {
        known.Add(field);
        if (!body.TryGetProperty(field, out var value))
        {
            Fault(field, "missing", $"The definition has no '{field}'. Give every field, as GET answers it{(mayBeNull ? "; null where there is none" : "")}.");
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Null)
        {
            return value;
        }

        if (!mayBeNull)
        {
            Fault(field, "missing", $"'{field}' must not be null.");
        }

        return null;
    }

    private string? Text(string field, bool mayBeNull = false)
    {
        if (Given(field, mayBeNull) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.String)
        {
            return value.GetString();
        }

        Fault(field, "not-text", $"'{field}' must be text in quotes.");
        return null;
    }

    private T Word<T>(string field)
        where T : struct, Enum
    {
        if (Given(field) is not { } value)
        {
            return default;
        }

        var (word, isKnown) = value.ValueKind is JsonValueKind.String ? One<T>(value.GetString()!) : default;
        if (!isKnown)
        {
            Fault(field, "not-a-choice", $"'{field}' must be one of {Allowed<T>()}.");
        }

        return word;
    }

    private List<string> Texts(string field, string what)
    {
        if (Given(field) is not { } value)
        {
            return [];
        }

        if (value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        }

        Fault(field, "not-a-list", $"'{field}' must be a list of {what}.");
        return [];
    }

    private List<AttackTactic> Tactics(string field)
    {
        var words = Texts(field, "tactics").ConvertAll(text => (Text: text, Read: One<AttackTactic>(text)));
        foreach (var (text, _) in words.Where(word => !word.Read.IsKnown))
        {
            Fault(field, "not-a-choice", $"'{TelemetryText.Shown(text)}' is no tactic; there are {Allowed<AttackTactic>()}.");
        }

        return [.. words.Where(word => word.Read.IsKnown).Select(word => word.Read.Value)];
    }

    private TimeSpan? Duration(string field, bool mayBeNull = false)
    {
        if (Given(field, mayBeNull) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.String)
        {
            Fault(field, "not-a-duration", $"'{field}' must be an ISO 8601 duration in quotes, such as \"PT1H\".");
            return null;
        }

        if (DurationText.TryParseIso(value.GetString(), out var duration, out var error))
        {
            return duration;
        }

        Fault(field, "not-a-duration", $"'{field}' cannot be read. {error}");
        return null;
    }

    private bool YesOrNo(string field)
    {
        if (Given(field) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Fault(field, "not-a-choice", $"'{field}' must be true or false.");
        }

        return body.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.True;
    }

    private int Number(string field) => NumberOf(field, mayBeNull: false) ?? 0;

    private int? NumberOrNull(string field) => NumberOf(field, mayBeNull: true);

    private int? NumberOf(string field, bool mayBeNull)
    {
        if (Given(field, mayBeNull) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            return number;
        }

        Fault(field, "not-a-number", $"'{field}' must be a whole number without quotes.");
        return null;
    }

    private void RefuseUnknown()
    {
        foreach (var property in body.EnumerateObject().Where(p => !known.Contains(p.Name)))
        {
            Fault(TelemetryText.Shown(property.Name), "unknown", $"There is no field '{TelemetryText.Shown(property.Name)}' in a definition.");
        }

        foreach (var repeated in body.EnumerateObject().CountBy(p => p.Name).Where(p => p.Value > 1))
        {
            Fault(TelemetryText.Shown(repeated.Key), "repeated", $"'{TelemetryText.Shown(repeated.Key)}' is given {repeated.Value} times.");
        }
    }

    private void Fault(string field, string code, string message) => errors.Add(new RuleError($"{field}.{code}", field, message));
}
