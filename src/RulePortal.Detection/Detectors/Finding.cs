namespace RulePortal.Detection.Detectors;

/// <summary>One result row, with what an alert made of it needs.</summary>
/// <param name="Columns">The query's columns under their KQL names, in the query's order.</param>
/// <param name="Entities">What the row is about, without repeats.</param>
/// <param name="GroupKey">Lower-case hexadecimal SHA-256 of the row's group-by values, never of sums: the same thing seen again has the same key.</param>
/// <param name="Explanation">Why the row is a result.</param>
public sealed record Finding(IReadOnlyList<ResultColumn> Columns, IReadOnlyList<FindingEntity> Entities, string GroupKey, Explanation Explanation)
{
    /// <summary>The value under a column's name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public object? this[string name] =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal)) is { Name: not null } found
            ? found.Value
            : throw new KeyNotFoundException($"The result row has no column '{name}'.");
}
