namespace RulePortal.Data.Connections;

/// <summary>A row that was refused while the rest of its batch was stored.</summary>
public sealed class RejectedRow
{
    /// <summary>Identity.</summary>
    public long Id { get; init; }

    /// <summary>The batch it came with.</summary>
    public long BatchSeq { get; init; }

    /// <summary>Its row number in the file or request, from 1.</summary>
    public long RowNumber { get; init; }

    /// <summary>Column and reason of every fault, a JSON array of <c>{"column", "reason", "remedy"}</c>.</summary>
    public required string Faults { get; init; }

    /// <summary>The row as it came, cut at 8,000 characters.</summary>
    public required string Raw { get; init; }
}
