using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Detectors.Settings;

/// <summary>One setting of a detector: what it is called and what it may be. Form, validation, API schema and documentation all follow it.</summary>
/// <param name="Key">Its key in the settings' JSON object.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Help">What it does, in one line.</param>
public abstract record DetectorSetting(string Key, string Label, string Help)
{
    /// <summary>The field under which errors and advice name it, such as <c>settings.countryThreshold</c>.</summary>
    public string Field => $"settings.{Key}";

    /// <summary>The value it ships with, for people.</summary>
    public abstract string ShippedText { get; }

    /// <summary>What it may be, for people, such as "0 to 1,000 rows".</summary>
    public abstract string Range { get; }

    /// <summary>What it may be, as a JSON Schema.</summary>
    public abstract JsonObject Schema();

    /// <summary>The value it ships with.</summary>
    internal abstract object? ShippedValue { get; }

    /// <summary>Reads a value.</summary>
    /// <param name="json">What was given.</param>
    /// <param name="value">The value; null where the setting may be null.</param>
    /// <returns>What is wrong: a code such as <c>out-of-range</c> and the rest of a sentence that starts with the label; null when the value was read.</returns>
    internal abstract (string Code, string Message)? TryRead(JsonElement json, out object? value);

    /// <summary>Writes a value that <see cref="TryRead"/> gave, in its normal form.</summary>
    internal abstract JsonNode? Write(object? value);

    /// <summary>The text of a JSON string, or null where it is none; half a surrogate pair is no text.</summary>
    protected static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private protected JsonObject Describe(string type, JsonNode? shipped) =>
        new() { ["type"] = type, ["title"] = Label, ["description"] = Help, ["default"] = shipped };
}

/// <summary>A setting that is one of a few words.</summary>
/// <param name="Key">Its key in the settings' JSON object.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Help">What it does, in one line.</param>
/// <param name="Choices">The words allowed, compared ordinally.</param>
/// <param name="Shipped">The word it ships with.</param>
public sealed record ChoiceSetting(string Key, string Label, string Help, IReadOnlyList<string> Choices, string Shipped)
    : DetectorSetting(Key, Label, Help)
{
    /// <inheritdoc/>
    public override string ShippedText => Shipped;

    /// <inheritdoc/>
    public override string Range => string.Join(", ", Choices);

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = Describe("string", Shipped);
        schema["enum"] = new JsonArray([.. Choices.Select(choice => (JsonNode)choice)]);
        return schema;
    }

    internal override object? ShippedValue => Shipped;

    internal override (string Code, string Message)? TryRead(JsonElement json, out object? value)
    {
        value = TextOf(json) is { } text && Choices.Contains(text, StringComparer.Ordinal) ? text : null;
        return value is null ? ("not-a-choice", $"must be {string.Join(" or ", Choices.Select(choice => $"\"{choice}\""))}.") : null;
    }

    internal override JsonNode? Write(object? value) => (string?)value;
}

/// <summary>Which numbers of a candidate pass a threshold.</summary>
public enum Passes
{
    /// <summary>The number is not compared with measures of rows: no what-if can move it.</summary>
    Unrelated = 0,

    /// <summary>At most the threshold: a lower threshold finds less.</summary>
    AtMost = 1,

    /// <summary>At least the threshold: a higher threshold finds less.</summary>
    AtLeast = 2,
}

/// <summary>A setting that is a whole number.</summary>
/// <param name="Key">Its key in the settings' JSON object.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Help">What it does, in one line.</param>
/// <param name="Unit">What is counted, such as <c>rows</c>.</param>
/// <param name="Least">Least value allowed.</param>
/// <param name="Greatest">Greatest value allowed.</param>
/// <param name="Shipped">What it ships with.</param>
/// <param name="SliderEnd">Where a slider ends: values beyond it are typed.</param>
public sealed record CountSetting(string Key, string Label, string Help, string Unit, long Least, long Greatest, long Shipped, long SliderEnd)
    : DetectorSetting(Key, Label, Help)
{
    /// <summary>Which numbers pass it, when it is a threshold.</summary>
    public Passes Passes { get; init; }

    /// <summary>Key of the lookback in which its number is counted; null for none.</summary>
    public string? Within { get; init; }

    /// <inheritdoc/>
    public override string ShippedText => $"{Words.Number(Shipped)} {Unit}";

    /// <inheritdoc/>
    public override string Range => $"{Words.Number(Least)} to {Words.Number(Greatest)} {Unit}";

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = Describe("integer", Shipped);
        schema["minimum"] = Least;
        schema["maximum"] = Greatest;
        return schema;
    }

    internal override object? ShippedValue => Shipped;

    internal override (string Code, string Message)? TryRead(JsonElement json, out object? value)
    {
        value = json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) && number >= Least && number <= Greatest ? number : null;
        return value is not null ? null
            : json.ValueKind != JsonValueKind.Number ? ("not-a-number", "must be a whole number without quotes.")
            : ("out-of-range", $"must be a whole number of {Unit} from {Words.Number(Least)} to {Words.Number(Greatest)}.");
    }

    internal override JsonNode? Write(object? value) => (long?)value;
}

/// <summary>A setting that is a length of time, ISO 8601 in JSON.</summary>
/// <param name="Key">Its key in the settings' JSON object.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Help">What it does, in one line.</param>
/// <param name="Shortest">Least value allowed.</param>
/// <param name="Longest">Greatest value allowed.</param>
/// <param name="Shipped">What it ships with; null follows a field of the rule.</param>
/// <param name="Follows">The field of the rule that null follows, such as <c>queryPeriod</c>; null when the setting must be given.</param>
public sealed record DurationSetting(string Key, string Label, string Help, TimeSpan Shortest, TimeSpan Longest, TimeSpan? Shipped, string? Follows = null)
    : DetectorSetting(Key, Label, Help)
{
    /// <summary>Key of the setting that it must be longer than; null for none.</summary>
    public string? LongerThan { get; init; }

    /// <inheritdoc/>
    public override string ShippedText => Shipped is { } duration ? DurationText.ForPeople(duration) : $"follows {FollowedName}";

    /// <inheritdoc/>
    public override string Range =>
        $"{DurationText.ForPeople(Shortest)} to {DurationText.ForPeople(Longest)}{(Follows is null ? "" : $", or null: follows {FollowedName}")}";

    /// <summary>The followed field as Sentinel spells it, such as <c>QueryPeriod</c>.</summary>
    public string FollowedName => Follows is null ? "" : char.ToUpper(Follows[0], CultureInfo.InvariantCulture) + Follows[1..];

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = Describe("string", Write(Shipped));
        schema["format"] = "duration";
        if (Follows is not null)
        {
            schema["type"] = new JsonArray("string", "null");
        }

        return schema;
    }

    internal override object? ShippedValue => Shipped;

    internal override (string Code, string Message)? TryRead(JsonElement json, out object? value)
    {
        value = null;
        if (json.ValueKind == JsonValueKind.Null && Follows is not null)
        {
            return null;
        }

        if (json.ValueKind != JsonValueKind.String)
        {
            var orNull = Follows is null ? "" : $", or null to follow {Follows}";
            return ("not-a-duration", $"must be an ISO 8601 duration in quotes, such as \"PT1H\" or \"P30D\"{orNull}.");
        }

        if (!DurationText.TryParseIso(TextOf(json), out var duration, out var error))
        {
            return ("not-a-duration", $"cannot be read. {error}");
        }

        if (duration < Shortest || duration > Longest)
        {
            var range = $"{DurationText.ForPeople(Shortest)} to {DurationText.ForPeople(Longest)}";
            return ("out-of-range", $"must be {range}; it is {DurationText.ForPeople(duration)}.");
        }

        value = duration;
        return null;
    }

    internal override JsonNode? Write(object? value) => value is TimeSpan duration ? DurationText.ToIso(duration) : null;
}
