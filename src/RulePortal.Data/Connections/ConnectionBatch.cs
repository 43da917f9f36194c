using RulePortal.Data.Auditing;

namespace RulePortal.Data.Connections;

/// <summary>One stored batch. A refused batch leaves no row and does not burn its key.</summary>
public sealed class ConnectionBatch
{
    /// <summary>Sequence, assigned in commit order from 1.</summary>
    public long Seq { get; init; }

    /// <summary>The idempotency key: the client's, or the content's hash; unique among batches not withdrawn.</summary>
    /// <value>1 to 200 characters.</value>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the records as they came, each followed by a line feed; 32 bytes. The same key with another hash is a conflict.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>Rows stored.</summary>
    public required int RowCount { get; init; }

    /// <summary>Rows refused and kept as <see cref="RejectedRow"/>.</summary>
    public required int RejectedCount { get; init; }

    /// <summary>When it was committed. UTC.</summary>
    public required DateTime ReceivedUtc { get; init; }

    /// <summary>Which way it came in.</summary>
    public required BatchOrigin Origin { get; init; }

    /// <summary>Whose <see cref="Auditing.Actor.Id"/>.</summary>
    public required string ActorId { get; init; }

    /// <summary>Whose <see cref="Auditing.Actor.Name"/>.</summary>
    public required string ActorName { get; init; }

    /// <summary>The file's own name when there was one; shown, never used as a path.</summary>
    public string? FileName { get; init; }

    /// <summary>TimeGenerated of its oldest row, or null when it has none. UTC.</summary>
    public DateTime? OldestUtc { get; init; }

    /// <summary>TimeGenerated of its newest row, or null when it has none. UTC.</summary>
    public DateTime? NewestUtc { get; init; }

    /// <summary>How many of its rows retention has let go; the others are still there. A withdrawn batch has none left whatever it says.</summary>
    /// <value>0 to <see cref="RowCount"/>.</value>
    public int RemovedRows { get; set; }

    /// <summary>When its rows were withdrawn, or null. UTC.</summary>
    public DateTime? WithdrawnUtc { get; set; }

    /// <summary>Who withdrew it.</summary>
    public string? WithdrawnBy { get; set; }
}

/// <summary>Which way a batch came in.</summary>
public enum BatchOrigin
{
    /// <summary>A request to the API.</summary>
    Api = 0,

    /// <summary>The command line.</summary>
    CommandLine = 1,

    /// <summary>The Connections page.</summary>
    Page = 2,

    /// <summary>The demo's generator.</summary>
    Demo = 3,
}

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
