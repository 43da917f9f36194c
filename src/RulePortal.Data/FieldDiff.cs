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
