using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Detectors;

/// <summary>One value of a result row.</summary>
/// <param name="Name">The KQL column name.</param>
/// <param name="Value">A string, long, int, UTC DateTime, or null.</param>
public readonly record struct ResultColumn(string Name, object? Value);

/// <summary>Something a result row is about.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Value">Its name, as the telemetry spells it: text that an attacker may have chosen.</param>
public sealed record FindingEntity(EntityType Type, string Value);

/// <summary>One result row, with what an alert made of it needs.</summary>
/// <param name="Columns">The query's columns under their KQL names, in the query's order.</param>
/// <param name="Entities">The entities it names, without repeats.</param>
/// <param name="Subject">What it is about: the thing that grows into the rule's baseline.</param>
/// <param name="GroupKey">Lower-case hexadecimal SHA-256 of the row's group-by values, never of sums: the same thing seen again has the same key.</param>
/// <param name="Explanation">Why the row is a result.</param>
public sealed record Finding(
    IReadOnlyList<ResultColumn> Columns, IReadOnlyList<FindingEntity> Entities, Subject Subject, string GroupKey, Explanation Explanation)
{
    /// <summary>When its earliest connection was generated, or null when the detector does not say. UTC.</summary>
    public DateTime? FirstUtc { get; init; }

    /// <summary>The value under a column's name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public object? this[string name] =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal)) is { Name: not null } found
            ? found.Value
            : throw new KeyNotFoundException($"The result row has no column '{name}'.");
}
