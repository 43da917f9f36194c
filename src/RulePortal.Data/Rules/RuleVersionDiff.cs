using System.Globalization;
using System.Text.Json;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Rules;

/// <summary>What differs between two definitions, field by field.</summary>
public static class RuleVersionDiff
{
    /// <summary>The fields that differ, in the order of the form.</summary>
    /// <remarks>Durations that are equal however they are spelled (PT70M, PT1H10M) do not differ.</remarks>
    public static IReadOnlyList<FieldChange> Between(RuleDefinition before, RuleDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return FieldDiff.Between(Fields(before), Fields(after));
    }

    internal static OrderedDictionary<string, string?> Fields(RuleDefinition rule)
    {
        var fields = new OrderedDictionary<string, string?>(StringComparer.Ordinal)
        {
            ["name"] = rule.Name,
            ["description"] = rule.Description,
            ["severity"] = rule.Severity.ToString(),
            ["tactics"] = string.Join(", ", rule.Tactics),
            ["tacticsText"] = rule.TacticsText,
            ["techniques"] = string.Join(", ", rule.Techniques),
            ["queryText"] = rule.QueryText,
            ["detector"] = rule.Detector,
        };
        foreach (var (key, value) in Settings(rule.SettingsJson))
        {
            fields[$"settings.{key}"] = value;
        }

        fields["queryFrequency"] = DurationText.ToIso(rule.QueryFrequency);
        fields["queryPeriod"] = DurationText.ToIso(rule.QueryPeriod);
        fields["triggerOperator"] = rule.TriggerOperator.ToString();
        fields["triggerThreshold"] = rule.TriggerThreshold.ToString(CultureInfo.InvariantCulture);
        fields["eventGrouping"] = rule.EventGrouping.ToString();
        fields["suppressionDuration"] = rule.SuppressionDuration is { } silence ? DurationText.ToIso(silence) : null;
        fields["learningPeriod"] = DurationText.ToIso(rule.LearningPeriod);
        fields["baselineExcludesAlerts"] = rule.BaselineExcludesAlerts ? "true" : "false";
        fields["holdAbove"] = rule.HoldAbove?.ToString(CultureInfo.InvariantCulture);
        return fields;
    }

    private static IEnumerable<(string Key, string? Value)> Settings(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(setting => (setting.Name, Text(setting.Value)))];
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => DurationText.TryParseIso(value.GetString(), out var duration, out _) ? DurationText.ToIso(duration) : value.GetString(),
        _ => value.GetRawText(),
    };
}
