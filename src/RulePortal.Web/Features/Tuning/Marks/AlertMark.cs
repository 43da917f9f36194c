using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Tuning.Marks;

/// <summary>Knows the rows and entities of one alert again: in its own windows by the row, everywhere by name.</summary>
public sealed class AlertMark
{
    private readonly HashSet<(DateTime, string)> rows;
    private readonly Dictionary<EntityType, HashSet<string>> names;

    /// <summary>What the names of the simulation's rows are.</summary>
    public IReadOnlyList<NamingColumn> Columns { get; }

    /// <param name="facts">What is known of the alert.</param>
    /// <param name="columns">What the names of the simulation's rows are.</param>
    public AlertMark(AlertMarkFacts facts, IReadOnlyList<NamingColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(facts);
        Columns = columns;
        Id = facts.Id;
        Entities = facts.Entities;
        rows = [.. facts.Rows];
        names = facts.Entities.GroupBy(entity => entity.Type).ToDictionary(type => type.Key, type => type.Select(entity => entity.Value).ToHashSet(StringComparer.Ordinal));
    }

    public long Id { get; }

    /// <summary>Everything the alert is about.</summary>
    public IReadOnlyList<FindingEntity> Entities { get; }

    /// <summary>Whether it is a result row of the alert.</summary>
    public bool IsRow(SimulatedRow row, DateTime windowEndUtc) => rows.Contains((windowEndUtc, row?.GroupKey ?? ""));

    /// <summary>How many rows of a candidate are the alert's.</summary>
    public int RowsOf(Candidate candidate, DateTime windowEndUtc)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.Rows.Count(row => IsRow(row, windowEndUtc));
    }

    /// <summary>Which of the alert's entities a candidate has, by type and in their order: none when it has nothing to do with it.</summary>
    public IReadOnlyList<FindingEntity> SharedWith(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return [.. Entities.Where(entity => candidate.Rows.Any(row => Has(row, entity)) || candidate.Subject.Values.Any(value => value.Value == entity.Value))];
    }

    /// <summary>Whether a value of a row is one of the alert's entities.</summary>
    public bool Knows(EntityType type, string value) => names.TryGetValue(type, out var known) && known.Contains(value);

    private bool Has(SimulatedRow row, FindingEntity entity) =>
        Columns.Zip(row.Names).Any(name => name.First.Entity == entity.Type && name.Second == entity.Value);
}
