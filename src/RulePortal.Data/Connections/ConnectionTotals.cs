using RulePortal.Data.Intake.Formats;

namespace RulePortal.Data.Connections;

/// <summary>How many rows an hour holds, kept in the transaction of each batch; shown to people, never asked by a detector.</summary>
public sealed class ConnectionHour
{
    /// <summary>Start of the hour. UTC.</summary>
    public DateTime HourUtc { get; init; }

    /// <summary>Rows stored.</summary>
    public long Rows { get; set; }
}

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

/// <summary>A direction and country that some row has had: the few keys under which the index is asked. Never removed.</summary>
public sealed class ConnectionCountry
{
    /// <summary>Term of the direction.</summary>
    public int DirectionId { get; init; }

    /// <summary>Term of the remote country, the empty one included.</summary>
    public int RemoteCountryId { get; init; }
}
