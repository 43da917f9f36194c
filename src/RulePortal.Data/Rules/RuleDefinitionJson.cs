using System.Text.Json;
using System.Text.Json.Serialization;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Rules;

/// <summary>How a definition is written into a <see cref="RuleVersion"/>.</summary>
public static class RuleDefinitionJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = false,
    };

    /// <summary>Writes a definition.</summary>
    public static string Write(RuleDefinition definition) => JsonSerializer.Serialize(definition, Options);

    /// <summary>Reads a definition.</summary>
    /// <exception cref="JsonException">The text is no definition.</exception>
    public static RuleDefinition Read(string json) =>
        JsonSerializer.Deserialize<RuleDefinition>(json, Options) ?? throw new JsonException("The rule definition is null.");
}
