using System.Text.Json;
using RulePortal.Detection.Rules;

namespace RulePortal.Web.Kit.Api;

/// <summary>Single settings of a detector in place of the saved ones.</summary>
internal static class SettingsOverride
{
    /// <summary>The saved settings with the keys of a request's <c>settings</c> in place of theirs; unknown and repeated keys are kept for the detector to name.</summary>
    public static string Read(JsonElement request, string saved, List<RuleError> errors)
    {
        if (!request.TryGetProperty("settings", out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return saved;
        }

        if (value.ValueKind is not JsonValueKind.Object)
        {
            errors.Add(new("settings.not-an-object", "settings", "The settings must be an object, such as {\"countryThreshold\": 5}."));
            return saved;
        }

        var overridden = value.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var kept = JsonElement.Parse(saved).EnumerateObject().Where(p => !overridden.Contains(p.Name));
        return $"{{{string.Join(',', kept.Concat(value.EnumerateObject()).Select(p => $"{JsonSerializer.Serialize(p.Name)}:{p.Value.GetRawText()}"))}}}";
    }
}
