namespace RulePortal.Data;

/// <summary>Compares two states that were written out field by field.</summary>
internal static class FieldDiff
{
    /// <summary>The fields that differ: those of the earlier state in its order, then what the later one adds.</summary>
    public static IReadOnlyList<FieldChange> Between(OrderedDictionary<string, string?> earlier, OrderedDictionary<string, string?> later) =>
    [
        .. earlier.Keys.Union(later.Keys, StringComparer.Ordinal)
            .Select(field => new FieldChange(field, earlier.GetValueOrDefault(field), later.GetValueOrDefault(field)))
            .Where(change => !string.Equals(change.Before, change.After, StringComparison.Ordinal)),
    ];
}

/// <summary>One field that differs between two states of something.</summary>
/// <param name="Field">The field as faults and the API name it, such as <c>queryFrequency</c> or <c>settings.countryThreshold</c>.</param>
/// <param name="Before">Its value in the earlier state, as the API writes it, or null when it had none.</param>
/// <param name="After">Its value in the later state, or null when it has none.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
