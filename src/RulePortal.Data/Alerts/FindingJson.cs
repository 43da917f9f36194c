using System.Globalization;
using System.Text.Json;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Alerts;

/// <summary>How result rows and explanations are written into <see cref="EvidenceRow"/> and alerts.</summary>
public static class FindingJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Writes columns as one JSON object in the order given; instants as ISO 8601 with seven decimals and Z.</summary>
    public static string WriteColumns(IReadOnlyList<ResultColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var column in columns)
            {
                json.WritePropertyName(column.Name);
                WriteValue(json, column.Value);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Reads columns; numbers come back as long, instants as text.</summary>
    public static IReadOnlyList<ResultColumn> ReadColumns(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.EnumerateObject().Select(property => new ResultColumn(
                property.Name,
                property.Value.ValueKind switch
                {
                    JsonValueKind.Number => property.Value.GetInt64(),
                    JsonValueKind.Null => null,
                    _ => property.Value.GetString(),
                })),
        ];
    }

    /// <summary>Writes an explanation.</summary>
    public static string WriteExplanation(Explanation explanation) => JsonSerializer.Serialize(explanation, Options);

    /// <summary>Reads an explanation.</summary>
    /// <exception cref="JsonException">The text is no explanation.</exception>
    public static Explanation ReadExplanation(string json) =>
        JsonSerializer.Deserialize<Explanation>(json, Options) ?? throw new JsonException("The explanation is null.");

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case DateTime instant:
                json.WriteStringValue(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A result column cannot hold a {value.GetType().Name}.", nameof(value));
        }
    }
}
