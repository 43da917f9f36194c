namespace RulePortal.Data.Connections;

/// <summary>One stored VMConnection record.</summary>
/// <remarks>
/// Its id is its batch's sequence and its place in the batch in one number (<see cref="ConnectionRowId"/>), so "rows up to batch n" and
/// "the rows of batch n" are ranges of the key, and every index carries the batch without a column for it.
/// </remarks>
public sealed class ConnectionRow
{
    /// <summary>Batch sequence and row number; see <see cref="ConnectionRowId"/>.</summary>
    public long Id { get; init; }

    /// <summary>100 ns ticks since 0001-01-01 UTC.</summary>
    public long TimeGenerated { get; init; }

    /// <summary>Term of the reporting machine's name.</summary>
    public int ComputerId { get; init; }

    /// <summary>Term of the direction.</summary>
    public int DirectionId { get; init; }

    /// <summary>Term of the executable's name.</summary>
    public int ProcessNameId { get; init; }

    /// <summary>Term of the source address.</summary>
    public int SourceIpId { get; init; }

    /// <summary>Term of the destination address.</summary>
    public int DestinationIpId { get; init; }

    /// <summary>Port, or null when it was missing.</summary>
    public int? DestinationPort { get; init; }

    /// <summary>Term of the protocol.</summary>
    public int ProtocolId { get; init; }

    /// <summary>Term of the remote address.</summary>
    public int RemoteIpId { get; init; }

    /// <summary>Term of the remote country.</summary>
    public int RemoteCountryId { get; init; }

    /// <summary>Term of the malicious address.</summary>
    public int MaliciousIpId { get; init; }

    /// <summary>Bytes sent, or null when missing.</summary>
    public long? BytesSent { get; init; }

    /// <summary>Bytes received, or null when missing.</summary>
    public long? BytesReceived { get; init; }

    /// <summary>Connections established, or null when missing.</summary>
    public long? LinksEstablished { get; init; }

    /// <summary>Every other column as one JSON object, or null.</summary>
    public string? Details { get; init; }
}
