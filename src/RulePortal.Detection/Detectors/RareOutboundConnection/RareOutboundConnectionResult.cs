using RulePortal.Detection.Connections;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>The shape of a result row: the query's columns, and what the row is about.</summary>
internal static class RareOutboundConnectionResult
{
    /// <summary>Left side, then right side; a name the left has already takes the suffix 1, as in KQL.</summary>
    public static IReadOnlyList<ResultColumn> Columns(SeenTuple left, ConnectionGroup right) =>
    [
        new("ProcessName", left.Tuple.ProcessName),
        new("SourceIp", left.Tuple.SourceIp),
        new("DestinationIp", left.Tuple.DestinationIp),
        new("RemoteCountry", left.Tuple.RemoteCountry),
        new("count_", left.WindowRows),
        new("Computer", right.Key.Computer),
        new("Direction", right.Key.Direction),
        new("ProcessName1", right.Key.ProcessName),
        new("SourceIp1", right.Key.SourceIp),
        new("DestinationIp1", right.Key.DestinationIp),
        new("DestinationPort", right.Key.DestinationPort),
        new("Protocol", right.Key.Protocol),
        new("RemoteCountry1", right.Key.RemoteCountry),
        new("MaliciousIp", right.Key.MaliciousIp),
        new("min_TimeGenerated", right.MinTimeGenerated),
        new("max_TimeGenerated", right.MaxTimeGenerated),
        new("sum_BytesSent", right.SumBytesSent.Value),
        new("sum_BytesReceived", right.SumBytesReceived.Value),
    ];

    public static IReadOnlyList<FindingEntity> Entities(ConnectionGroupKey key) =>
    [
        .. new FindingEntity[]
        {
            new(EntityType.Host, key.Computer),
            new(EntityType.Process, key.ProcessName),
            new(EntityType.Ip, key.SourceIp),
            new(EntityType.Ip, key.DestinationIp),
            new(EntityType.Country, key.RemoteCountry),
        }.Where(entity => entity.Value.Length > 0).Distinct(),
    ];
}
