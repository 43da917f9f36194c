using System.Text.Json;
using System.Text.Json.Serialization;
using RulePortal.Detection.Pins;

namespace RulePortal.Data.Pins;

/// <summary>A pin that a saved version broke, as that version remembers it: alert and pin may be gone since.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Kind">What the pin demanded.</param>
/// <param name="Title">The alert's title.</param>
/// <param name="WindowEndUtc">End of the alert's window. UTC.</param>
/// <param name="Why">What the version did instead, in a sentence with its numbers.</param>
public sealed record BrokenPin(long AlertId, PinKind Kind, string Title, DateTime WindowEndUtc, string Why);

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
