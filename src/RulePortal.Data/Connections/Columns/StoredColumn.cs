namespace RulePortal.Data.Connections.Columns;

/// <summary>Which place of the stored row a column fills; the texts come first, so their value is an index.</summary>
internal enum StoredColumn
{
    Computer,
    Direction,
    ProcessName,
    SourceIp,
    DestinationIp,
    Protocol,
    RemoteIp,
    RemoteCountry,
    MaliciousIp,
    TimeGenerated,
    DestinationPort,
    BytesSent,
    BytesReceived,
    LinksEstablished,
    Details,
}
