namespace RulePortal.Data.Connections;

/// <summary>How many rows an hour holds, kept in the transaction of each batch; shown to people, never asked by a detector.</summary>
public sealed class ConnectionHour
{
    /// <summary>Start of the hour. UTC.</summary>
    public DateTime HourUtc { get; init; }

    /// <summary>Rows stored.</summary>
    public long Rows { get; set; }
}
