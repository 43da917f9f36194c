using System.Text.Json;
using System.Text.Json.Serialization;

namespace RulePortal.Data.Pins;

/// <summary>How broken pins are written into a rule's version.</summary>
public static class BrokenPinJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Writes them; null for none.</summary>
    public static string? Write(IReadOnlyList<BrokenPin> pins)
    {
        ArgumentNullException.ThrowIfNull(pins);
        return pins.Count == 0 ? null : JsonSerializer.Serialize(pins, Options);
    }

    /// <summary>Reads them; none for null.</summary>
    /// <exception cref="JsonException">The text is no list of broken pins.</exception>
    public static IReadOnlyList<BrokenPin> Read(string? json) => json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<BrokenPin>>(json, Options) ?? [];
}
