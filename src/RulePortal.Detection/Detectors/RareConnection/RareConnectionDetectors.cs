using RulePortal.Detection.Connections;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>The rules of rare connections: the first one, its inbound twin, and both as their author revised them on 2019-08-24.</summary>
public static class RareConnectionDetectors
{
    /// <summary>The kind of the first rule's detector.</summary>
    public const string ByProcess = "RareOutboundConnectionByProcess";

    /// <summary>The kind of the detector of its inbound twin.</summary>
    public const string Inbound = "RareInboundConnection";

    /// <summary>The kind of the detector of the revised outbound rule.</summary>
    public const string OutboundByAddress = "RareOutboundConnectionByAddress";

    /// <summary>The kind of the detector of the revised inbound rule.</summary>
    public const string InboundByAddress = "RareInboundConnectionByAddress";

    /// <summary>Each of them.</summary>
    public static IReadOnlyList<Detector> All { get; } =
    [
        new RareConnectionDetector<RareOutboundConnectionSettings>(new()
        {
            Kind = ByProcess,
            DisplayName = "Rare connection by process and country",
            TupleWords = "process, source, destination and country",
            Columns = ByCountry,
            NamingColumns = NamesOf("ProcessName1", "RemoteCountry1", "DestinationIp1"),
        }),
        new RareConnectionDetector<RareConnectionSettings>(new()
        {
            Kind = Inbound,
            DisplayName = "Rare inbound connection by address block and country",
            TupleWords = "source block, destination block and country",
            Columns = InboundByCountry,
            NamingColumns = NamesOf("ProcessName", "RemoteCountry1", "SourceIp1", "Source"),
            Direction = "inbound",
            IsByBlock = true,
            ExcludesInternalTuples = true,
            GroupsByIndicator = true,
        }),
        new RareConnectionDetector<RareConnectionSettings>(new()
        {
            Kind = OutboundByAddress,
            DisplayName = "Rare outbound connection by address",
            TupleWords = "process, source, destination and country",
            Columns = (left, right) => ByAddress(left, right, left.Left.ProcessName),
            NamingColumns = NamesOf("ProcessName", "RemoteCountry", "DestinationIp"),
            Direction = "outbound",
            JoinsOnAddresses = true,
            ExcludesInternalTuples = true,
            ExcludesInternalResults = true,
            OrdersByCount = true,
        }),
        new RareConnectionDetector<RareConnectionSettings>(new()
        {
            Kind = InboundByAddress,
            DisplayName = "Rare inbound connection by address",
            TupleWords = "source block, destination block and country",
            Columns = (left, right) => ByAddress(left, right, right.Group.Key.ProcessName),
            NamingColumns = NamesOf("ProcessName", "RemoteCountry", "SourceIp", "Source"),
            Direction = "inbound",
            IgnoresCase = true,
            IsByBlock = true,
            JoinsOnAddresses = true,
            ExcludesInternalTuples = true,
            ExcludesInternalResults = true,
            GroupsByIndicator = true,
            OrdersByCount = true,
        }),
    ];

    // Left side, then right side; a name the left has already takes the suffix 1, as in KQL.
    private static IReadOnlyList<ResultColumn> ByCountry(SeenTuple left, RareGroup right) =>
    [
        new("ProcessName", left.Left.ProcessName),
        new("SourceIp", left.Left.SourceIp),
        new("DestinationIp", left.Left.DestinationIp),
        new("RemoteCountry", left.Left.RemoteCountry),
        new("count_", left.WindowRows),
        new("Computer", right.Group.Key.Computer),
        new("Direction", right.Group.Key.Direction),
        new("ProcessName1", right.Group.Key.ProcessName),
        new("SourceIp1", right.Group.Key.SourceIp),
        new("DestinationIp1", right.Group.Key.DestinationIp),
        new("DestinationPort", right.Group.Key.DestinationPort),
        new("Protocol", right.Group.Key.Protocol),
        new("RemoteCountry1", right.Group.Key.RemoteCountry),
        new("MaliciousIp", right.Group.Key.MaliciousIp),
        .. Sums("min_TimeGenerated", "max_TimeGenerated", right.Group),
    ];

    private static IReadOnlyList<ResultColumn> InboundByCountry(SeenTuple left, RareGroup right) =>
    [
        new("RemoteCountry", left.Left.RemoteCountry),
        new("SourceIp", left.Left.SourceIp),
        new("DestinationIp", left.Left.DestinationIp),
        new("countToday", left.WindowRows),
        new("Computer", right.Group.Key.Computer),
        new("Direction", right.Group.Key.Direction),
        new("ProcessName", right.Group.Key.ProcessName),
        new("SourceIp1", right.Group.Key.SourceIp),
        new("DestinationIp1", right.Group.Key.DestinationIp),
        new("DestinationPort", right.Group.Key.DestinationPort),
        new("Protocol", right.Group.Key.Protocol),
        new("RemoteCountry1", right.Group.Key.RemoteCountry),
        new("MaliciousIp", right.Group.Key.MaliciousIp),
        new("IndicatorThreatType", right.Indicator.ThreatType),
        new("Confidence", right.Indicator.Confidence),
        new("ReportReferenceLink", right.Indicator.ReportReferenceLink),
        .. Sums("min_TimeGenerated", "max_TimeGenerated", right.Group),
    ];

    // The revised rules project: their ProcessName is that of the left side where it has one.
    private static IReadOnlyList<ResultColumn> ByAddress(SeenTuple left, RareGroup right, string process) =>
    [
        new("StartTimeUtc", right.Group.MinTimeGenerated),
        new("EndTimeUtc", right.Group.MaxTimeGenerated),
        new("RemoteCountry", left.Left.RemoteCountry),
        new("Computer", right.Group.Key.Computer),
        new("SourceIp", left.Left.SourceIp),
        new("DestinationIp", left.Left.DestinationIp),
        new("Direction", right.Group.Key.Direction),
        new("ProcessName", process),
        new("DestinationPort", right.Group.Key.DestinationPort),
        new("Protocol", right.Group.Key.Protocol),
        new("countToday", left.WindowRows),
        new("sum_BytesSent", right.Group.SumBytesSent.Value),
        new("sum_BytesReceived", right.Group.SumBytesReceived.Value),
        new("timestamp", right.Group.MinTimeGenerated),
        new("HostCustomEntity", right.Group.Key.Computer),
        new("IPCustomEntity", left.Left.SourceIp),
    ];

    private static IEnumerable<ResultColumn> Sums(string first, string last, ConnectionGroup group) =>
    [
        new(first, group.MinTimeGenerated),
        new(last, group.MaxTimeGenerated),
        new("sum_BytesSent", group.SumBytesSent.Value),
        new("sum_BytesReceived", group.SumBytesReceived.Value),
    ];

    private static IReadOnlyList<NamingColumn> NamesOf(string process, string country, string address, string addressLabel = "Destination") =>
    [
        new(process, "Process", EntityType.Process),
        new("Computer", "Host", EntityType.Host),
        new(country, "Country", EntityType.Country),
        new(address, addressLabel, EntityType.Ip),
    ];
}
