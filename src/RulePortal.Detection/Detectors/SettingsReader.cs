using System.Text.Json;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Detectors;

/// <summary>Reads a detector's settings from JSON strictly, and collects every fault instead of stopping at the first.</summary>
public sealed class SettingsReader
{
    private readonly Dictionary<string, JsonElement> values = new(StringComparer.Ordinal);
    private readonly List<RuleError> errors = [];

    /// <summary>Opens a settings object; unknown and repeated keys are faults.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="known">The settings there are.</param>
    public SettingsReader(string json, IReadOnlyList<DetectorSetting> known)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(known);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                Take(document.RootElement, known);
                return;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is a key with half a surrogate pair. Said below: what the parser says of bytes and positions helps nobody at a form.
        }

        errors.Add(new RuleError("settings.not-an-object", "settings", "The settings must be a JSON object, such as {\"countryThreshold\": 5}."));
    }

    /// <summary>Every fault found so far.</summary>
    public IReadOnlyList<RuleError> Errors => errors;

    /// <summary>Reads a word; left out, the shipped one.</summary>
    public string Read(ChoiceSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (!values.TryGetValue(setting.Key, out var value))
        {
            return setting.Shipped;
        }

        if (TextOf(value) is { } text && setting.Choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Fault(setting, "not-a-choice", $"must be {string.Join(" or ", setting.Choices.Select(choice => $"\"{choice}\""))}.");
        return setting.Shipped;
    }

    /// <summary>Reads a length of time; left out, the shipped one; null follows the rule's field where the setting may.</summary>
    public TimeSpan? Read(DurationSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (!values.TryGetValue(setting.Key, out var value) || (value.ValueKind == JsonValueKind.Null && setting.Follows is not null))
        {
            return value.ValueKind == JsonValueKind.Null ? null : setting.Shipped;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Fault(setting, "not-a-duration", $"must be an ISO 8601 duration in quotes, such as \"PT1H\" or \"P30D\"{(setting.Follows is null ? "" : $", or null to follow {setting.Follows}")}.");
        }
        else if (!DurationText.TryParseIso(TextOf(value), out var duration, out var error))
        {
            Fault(setting, "not-a-duration", $"cannot be read. {error}");
        }
        else if (duration < setting.Shortest || duration > setting.Longest)
        {
            Fault(setting, "out-of-range", $"must be {DurationText.ForPeople(setting.Shortest)} to {DurationText.ForPeople(setting.Longest)}; it is {DurationText.ForPeople(duration)}.");
        }
        else
        {
            return duration;
        }

        return setting.Shipped;
    }

    /// <summary>Reads a whole number; left out, the shipped one.</summary>
    public long Read(CountSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (!values.TryGetValue(setting.Key, out var value))
        {
            return setting.Shipped;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            Fault(setting, "not-a-number", "must be a whole number without quotes.");
        }
        else if (!value.TryGetInt64(out var number) || number < setting.Least || number > setting.Greatest)
        {
            Fault(setting, "out-of-range", $"must be a whole number of {setting.Unit} from {Words.Number(setting.Least)} to {Words.Number(setting.Greatest)}.");
        }
        else
        {
            return number;
        }

        return setting.Shipped;
    }

    /// <summary>Records a fault of a setting.</summary>
    /// <param name="setting">The setting at fault.</param>
    /// <param name="code">What kind of fault, such as <c>out-of-range</c>; the field is put before it.</param>
    /// <param name="message">The rest of a sentence that starts with the setting's label.</param>
    public void Fault(DetectorSetting setting, string code, string message)
    {
        ArgumentNullException.ThrowIfNull(setting);
        errors.Add(new RuleError($"{setting.Field}.{code}", setting.Field, $"{setting.Label} {message}"));
    }

    /// <summary>Whether a setting has a fault already.</summary>
    public bool HasFault(DetectorSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return errors.Exists(error => string.Equals(error.Field, setting.Field, StringComparison.Ordinal));
    }

    private void Take(JsonElement settings, IReadOnlyList<DetectorSetting> known)
    {
        foreach (var property in settings.EnumerateObject())
        {
            var shown = TelemetryText.Shown(property.Name);
            if (!known.Any(setting => string.Equals(setting.Key, property.Name, StringComparison.Ordinal)))
            {
                errors.Add(new RuleError("settings.unknown-key", $"settings.{shown}", $"There is no setting '{shown}'; there are {string.Join(", ", known.Select(setting => setting.Key))}."));
            }
            else if (!values.TryAdd(property.Name, property.Value.Clone()))
            {
                errors.Add(new RuleError("settings.repeated-key", $"settings.{shown}", $"The setting '{shown}' is given twice."));
            }
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair is no text
        }
    }
}
