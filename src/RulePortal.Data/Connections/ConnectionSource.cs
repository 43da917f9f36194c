namespace RulePortal.Data.Connections;

/// <summary>What one machine has reported, kept in the transaction of each batch.</summary>
public sealed class ConnectionSource
{
    /// <summary>Term of the machine's name.</summary>
    public int ComputerId { get; init; }

    /// <summary>TimeGenerated of its oldest row. UTC.</summary>
    public DateTime FirstUtc { get; set; }

    /// <summary>TimeGenerated of its newest row. UTC.</summary>
    public DateTime LastUtc { get; set; }

    /// <summary>Rows stored.</summary>
    public long Rows { get; set; }

    /// <summary>Longest time between two rows that is ordinary for it: null for the portal's default, 0 when it is not expected to report at all.</summary>
    /// <value>Seconds.</value>
    public int? ExpectedSeconds { get; set; }
}
