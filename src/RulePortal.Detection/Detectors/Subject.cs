using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Detectors;

/// <summary>What a finding is about: values under the names of connection columns, such as <c>RemoteCountry</c> = <c>Chad</c>; one or several together.</summary>
/// <remarks>Findings of one subject stand for the same thing in the next window. The rows that carry all of its values are the subject's rows.</remarks>
[JsonConverter(typeof(SubjectConverter))]
public sealed record Subject
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Subject(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        Values = values;
        Key = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))).ToJsonString(Plain);
    }

    /// <summary>A finding about nothing in particular.</summary>
    public static Subject None { get; } = new([]);

    /// <summary>The values by column, in the detector's order. Text an attacker may have chosen.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>The values as a JSON object: equal subjects are equal text. What is stored.</summary>
    public string Key { get; }

    /// <summary>Whether it is <see cref="None"/>.</summary>
    public bool IsNone => Values.Count == 0;

    /// <summary>A subject of one column.</summary>
    public static Subject Of(string column, string value) => new([KeyValuePair.Create(column, value)]);

    /// <summary>A subject of several columns together.</summary>
    public static Subject Of(params IEnumerable<KeyValuePair<string, string>> values) => new([.. values]);

    /// <summary>Reads a <see cref="Key"/>.</summary>
    /// <exception cref="JsonException">The text is none.</exception>
    public static Subject Parse(string key)
    {
        using var document = JsonDocument.Parse(key);
        return Read(document.RootElement);
    }

    /// <summary>The value under a column's name, or null when the subject does not have it.</summary>
    public string? this[string column] => Values.FirstOrDefault(value => value.Key == column).Value;

    /// <inheritdoc/>
    public bool Equals(Subject? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Key, StringComparison.Ordinal);

    /// <summary>The subject for people, such as "Chad" or "vm-01 / nc": fit to stand in a sentence.</summary>
    public override string ToString() => string.Join(" / ", Values.Select(value => TelemetryText.Shown(value.Value)));

    private static Subject Read(JsonElement json)
    {
        try
        {
            return new([.. json.EnumerateObject().Select(value => KeyValuePair.Create(value.Name, value.Value.GetString() ?? ""))]);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw new JsonException("A subject is a JSON object of texts, each name once.", fault);
        }
    }

    private sealed class SubjectConverter : JsonConverter<Subject>
    {
        public override Subject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Subject.Read(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, Subject value, JsonSerializerOptions options) => writer.WriteRawValue(value.Key);
    }
}
