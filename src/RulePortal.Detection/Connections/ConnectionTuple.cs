namespace RulePortal.Detection.Connections;

/// <summary>The four keys by which the first rule knows a connection.</summary>
/// <param name="ProcessName">Executable name.</param>
/// <param name="SourceIp">Canonical text of the source address.</param>
/// <param name="DestinationIp">Canonical text of the destination address.</param>
/// <param name="RemoteCountry">Country name of the remote side.</param>
public sealed record ConnectionTuple(string ProcessName, string SourceIp, string DestinationIp, string RemoteCountry)
{
    /// <summary>The tuple a row belongs to.</summary>
    public static ConnectionTuple Of(VmConnection row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new ConnectionTuple(row.ProcessName, row.SourceIp, row.DestinationIp, row.RemoteCountry);
    }
}
