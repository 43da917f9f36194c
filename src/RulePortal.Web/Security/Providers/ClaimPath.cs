using System.Security.Claims;
using System.Text.Json;

namespace RulePortal.Web.Security.Providers;

/// <summary>Reads a claim's values by its name, or by a dotted path into a claim that is a JSON object, such as <c>realm_access.roles</c>.</summary>
internal static class ClaimPath
{
    public static IReadOnlyList<string> Values(ClaimsPrincipal token, string path)
    {
        // Names with dots exist, too: a whole name comes first.
        var named = token.FindAll(path).Select(c => c.Value).ToList();
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return named.Count > 0 || dot < 0 ? named : [.. token.FindAll(path[..dot]).SelectMany(c => Inside(c.Value, path[(dot + 1)..].Split('.')))];
    }

    private static List<string> Inside(string json, string[] names)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var element = document.RootElement;
            foreach (var name in names)
            {
                if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return [];
                }
            }

            return element.ValueKind switch
            {
                JsonValueKind.String => [element.GetString()!],
                JsonValueKind.Array => [.. element.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.String).Select(e => e.GetString()!)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
