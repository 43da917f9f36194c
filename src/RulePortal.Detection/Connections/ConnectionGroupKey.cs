using System.Globalization;

namespace RulePortal.Detection.Connections;

/// <summary>The nine values by which the rules group connections for their result rows.</summary>
/// <param name="Computer">Reporting machine.</param>
/// <param name="Direction"><c>inbound</c> or <c>outbound</c>.</param>
/// <param name="ProcessName">Executable name.</param>
/// <param name="SourceIp">Canonical text of the source address.</param>
/// <param name="DestinationIp">Canonical text of the destination address.</param>
/// <param name="DestinationPort">Port at the destination; a missing one is a group of its own, beside 0.</param>
/// <param name="Protocol">Transport protocol.</param>
/// <param name="RemoteCountry">Country name of the remote side.</param>
/// <param name="MaliciousIp">The remote address when it is on Microsoft's list.</param>
public sealed record ConnectionGroupKey(
    string Computer,
    string Direction,
    string ProcessName,
    string SourceIp,
    string DestinationIp,
    int? DestinationPort,
    string Protocol,
    string RemoteCountry,
    string MaliciousIp)
{
    /// <summary>Orders keys by their values in turn: text ordinally, a missing port first.</summary>
    public static IComparer<ConnectionGroupKey> Order { get; } = Comparer<ConnectionGroupKey>.Create(Compare);

    /// <summary>The group a row belongs to.</summary>
    public static ConnectionGroupKey Of(VmConnection row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new ConnectionGroupKey(row.Computer, row.Direction, row.ProcessName, row.SourceIp, row.DestinationIp, row.DestinationPort, row.Protocol, row.RemoteCountry, row.MaliciousIp);
    }

    /// <summary>The four of the nine values that the first rule calls a tuple.</summary>
    public ConnectionTuple Tuple => new(ProcessName, SourceIp, DestinationIp, RemoteCountry);

    /// <summary>The values as text, in the order of the query; null only for a missing port.</summary>
    public IReadOnlyList<string?> Values =>
        [Computer, Direction, ProcessName, SourceIp, DestinationIp, DestinationPort?.ToString(CultureInfo.InvariantCulture), Protocol, RemoteCountry, MaliciousIp];

    private static int Compare(ConnectionGroupKey left, ConnectionGroupKey right)
    {
        ReadOnlySpan<int> steps =
        [
            string.CompareOrdinal(left.Computer, right.Computer),
            string.CompareOrdinal(left.Direction, right.Direction),
            string.CompareOrdinal(left.ProcessName, right.ProcessName),
            string.CompareOrdinal(left.SourceIp, right.SourceIp),
            string.CompareOrdinal(left.DestinationIp, right.DestinationIp),
            Nullable.Compare(left.DestinationPort, right.DestinationPort),
            string.CompareOrdinal(left.Protocol, right.Protocol),
            string.CompareOrdinal(left.RemoteCountry, right.RemoteCountry),
            string.CompareOrdinal(left.MaliciousIp, right.MaliciousIp),
        ];
        var first = steps.IndexOfAnyExcept(0);
        return first < 0 ? 0 : steps[first];
    }
}
