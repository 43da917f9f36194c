using System.Globalization;

namespace RulePortal.Detection.Connections;

/// <summary>One VMConnection record: what one machine observed of one logical connection during one minute (Azure Monitor's VMConnection table).</summary>
/// <remarks>Texts are never null, as in KQL: a missing one is empty. Numbers that were missing stay null.</remarks>
public sealed record VmConnection
{
    /// <summary>Start of the observed minute.</summary>
    /// <value>UTC, to the tick (100 ns).</value>
    public required DateTime TimeGenerated { get; init; }

    /// <summary>Fully qualified name of the reporting machine.</summary>
    public string Computer { get; init; } = "";

    /// <summary><c>inbound</c> or <c>outbound</c>, compared ordinally.</summary>
    public string Direction { get; init; } = "";

    /// <summary>Executable name of the process.</summary>
    public string ProcessName { get; init; } = "";

    /// <summary>Canonical IPv4 or IPv6 text, or empty.</summary>
    public string SourceIp { get; init; } = "";

    /// <summary>Canonical IPv4 or IPv6 text, or empty.</summary>
    public string DestinationIp { get; init; } = "";

    /// <summary>Port at the destination, or null when it was missing.</summary>
    public int? DestinationPort { get; init; }

    /// <summary>Transport protocol, <c>tcp</c> in today's data.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Canonical text of the remote side's address, or empty.</summary>
    public string RemoteIp { get; init; } = "";

    /// <summary>Country name of the remote side, empty for private addresses.</summary>
    public string RemoteCountry { get; init; } = "";

    /// <summary>The remote address when it is on Microsoft's list, else empty.</summary>
    public string MaliciousIp { get; init; } = "";

    /// <summary>Bytes sent in the minute.</summary>
    public long? BytesSent { get; init; }

    /// <summary>Bytes received in the minute.</summary>
    public long? BytesReceived { get; init; }

    /// <summary>Connections established in the minute.</summary>
    public long? LinksEstablished { get; init; }

    /// <summary>Every other column as one JSON object, or null when there is none.</summary>
    public string? Details { get; init; }

    /// <summary>The text under a column's name.</summary>
    /// <exception cref="ArgumentException">There is no such text column, or it is one of <see cref="Details"/>.</exception>
    public string this[string column] => column switch
    {
        nameof(Computer) => Computer,
        nameof(Direction) => Direction,
        nameof(ProcessName) => ProcessName,
        nameof(SourceIp) => SourceIp,
        nameof(DestinationIp) => DestinationIp,
        nameof(DestinationPort) => DestinationPort?.ToString(CultureInfo.InvariantCulture) ?? "",
        nameof(Protocol) => Protocol,
        nameof(RemoteIp) => RemoteIp,
        nameof(RemoteCountry) => RemoteCountry,
        nameof(MaliciousIp) => MaliciousIp,
        _ => throw new ArgumentException($"'{column}' is no text column of a connection.", nameof(column)),
    };
}
