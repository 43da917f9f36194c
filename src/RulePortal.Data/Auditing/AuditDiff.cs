using System.Globalization;
using System.Text.Json;
using RulePortal.Data.Rules;

namespace RulePortal.Data.Auditing;

/// <summary>What an entry changed, field by field, read from the states it keeps.</summary>
public static class AuditDiff
{
    /// <summary>The fields that differ; of something new or gone, all it has.</summary>
    /// <remarks>Rules are compared as their versions are (<see cref="RuleVersionDiff"/>). A field within an object has a dotted name; plain lists are one text.</remarks>
    public static IReadOnlyList<FieldChange> Of(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Action is AuditActions.RuleCreate or AuditActions.RuleSave && OfRule(entry) is { } changes ? changes : Between(entry.Before, entry.After);
    }

    /// <summary>The fields in which two states in JSON differ.</summary>
    /// <param name="before">The earlier state, or null for none.</param>
    /// <param name="after">The later state, or null for none.</param>
    public static IReadOnlyList<FieldChange> Between(string? before, string? after) => FieldDiff.Between(Fields(before), Fields(after));

    // A definition of long ago may lack what is demanded today; it is then compared as any other state.
    private static IReadOnlyList<FieldChange>? OfRule(AuditEntry entry)
    {
        try
        {
            return FieldDiff.Between(RuleFields(entry.Before), RuleFields(entry.After));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OrderedDictionary<string, string?> RuleFields(string? json) => json is null ? [] : RuleVersionDiff.Fields(RuleDefinitionJson.Read(json));

    private static OrderedDictionary<string, string?> Fields(string? json)
    {
        var fields = new OrderedDictionary<string, string?>(StringComparer.Ordinal);
        if (json is null)
        {
            return fields;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            Add(fields, "", document.RootElement);
        }
        catch (JsonException)
        {
            // Whoever wrote it into the table did not mean it to be read; it is shown as it is.
            fields[""] = json;
        }

        return fields;
    }

    private static void Add(OrderedDictionary<string, string?> fields, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Add(fields, name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value);
                }

                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array):
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Add(fields, string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"), item);
                }

                break;
            case JsonValueKind.Array:
                fields[name] = string.Join(", ", value.EnumerateArray().Select(Text));
                break;
            default:
                fields[name] = Text(value);
                break;
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
