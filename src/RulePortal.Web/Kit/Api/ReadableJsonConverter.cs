using System.Text.Json;
using System.Text.Json.Serialization;

namespace RulePortal.Web.Kit.Api;

/// <summary>
/// JSON taken as it is, once every text in it can be read: the parser lets through bytes that are not UTF-8 and halves of surrogate pairs, and fails only
/// where somebody asks for the text.
/// </summary>
internal sealed class ReadableJsonConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            Demand(document.RootElement);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A text is not UTF-8, or holds half a surrogate pair.", e);
        }

        return document.RootElement.Clone();
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

    private static void Demand(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Demand(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Demand(property.Value);
                }

                break;
            default:
                break;
        }
    }
}
