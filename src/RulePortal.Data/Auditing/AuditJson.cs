using System.Text.Json;
using System.Text.Json.Serialization;

namespace RulePortal.Data.Auditing;

/// <summary>How states are written into <see cref="AuditEntry.Before"/> and <see cref="AuditEntry.After"/>.</summary>
public static class AuditJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes a state; what it has not is left out.</summary>
    public static string Write<T>(T state) => JsonSerializer.Serialize(state, Options);
}
