using System.Text.Json;
using System.Text.Json.Serialization;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Kit.Api;

/// <summary>Durations cross the API as ISO 8601, such as <c>PT1H</c> and <c>P30D</c>.</summary>
internal sealed class IsoDurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && DurationText.TryParseIso(reader.GetString(), out var duration, out _) ? duration : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(DurationText.ToIso(value));
}
