namespace RulePortal.Data.Alerts.Evidence;

/// <summary>One result row kept with its occurrence; it outlives the connections it came from.</summary>
public sealed class EvidenceRow
{
    /// <summary>Identity.</summary>
    public long Id { get; private set; }

    /// <summary>The occurrence.</summary>
    public long OccurrenceId { get; private set; }

    /// <summary>Place among the result rows, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The row's own group key.</summary>
    public required string GroupKey { get; init; }

    /// <summary>The columns in the query's order, as a JSON object; see <see cref="FindingJson"/>.</summary>
    public required string Columns { get; init; }

    /// <summary>Why it is a result, as JSON; see <see cref="FindingJson"/>.</summary>
    public required string Explanation { get; init; }
}
