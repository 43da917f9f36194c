using System.Numerics;
using System.Text.Json;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.RareConnection;

namespace RulePortal.TestSupport;

/// <summary>
/// The queries of the first rule's inbound twin and of both as revised, statement by statement over a list, sharing nothing with the
/// detectors they are the measure of.
/// </summary>
internal sealed record NaiveSiblings(
    TimeSpan CurrentWindow, TimeSpan CountryLookback, long CountryThreshold, TimeSpan TupleLookback, long TupleThreshold)
{
    /// <summary>A row that a join may keep from its left side.</summary>
    public sealed record Left(string ProcessName, string SourceIp, string DestinationIp, string RemoteCountry, long CountToday);

    /// <summary>A row of the right side.</summary>
    private sealed record Right(
        string Computer, string Direction, string ProcessName, string SourceIp, string DestinationIp,
        int? DestinationPort, string Protocol, string RemoteCountry, string MaliciousIp,
        string IndicatorThreatType, string Confidence, string ReportReferenceLink)
    {
        public DateTime Min { get; init; }

        public DateTime Max { get; init; }

        public long Sent { get; init; }

        public long Received { get; init; }
    }

    /// <summary>The result rows of a sibling, by its kind, each as the values of its columns.</summary>
    public IReadOnlyList<object?[]> Evaluate(string kind, IReadOnlyList<VmConnection> vmConnection, DateTime now) => kind switch
    {
        RareConnectionDetectors.Inbound => Inbound(vmConnection, now),
        RareConnectionDetectors.InboundByAddress => InboundByAddress(vmConnection, now),
        _ => OutboundByAddress(vmConnection, now),
    };

    /// <summary>RareInboundConnectionFromRemoteLocation of 2019-04-15.</summary>
    private List<object?[]> Inbound(IReadOnlyList<VmConnection> vmConnection, DateTime now)
    {
        var inbound = vmConnection.Where(row => row.RemoteCountry != "").Where(row => row.Direction == "inbound").ToList();
        var countryCount = Common(inbound, now);
        var full = Summarize(Today(inbound, now), withIndicator: true);
        var today = Today(inbound, now)
            .Where(IsExternal)
            .GroupBy(row => (
                SourceIpBlock: Block(row.SourceIp),
                row.SourceIp,
                row.DestinationIp,
                DestIpBlock: Block(row.DestinationIp),
                row.RemoteCountry))
            .Select(group => (group.Key, CountToday: group.LongCount()));
        var lastWeek = LastWeek(inbound, now)
            .GroupBy(row => (SourceIpBlock: Block(row.SourceIp), DestIpBlock: Block(row.DestinationIp), row.RemoteCountry))
            .Where(block => block.Count() > TupleThreshold)
            .Select(block => block.Key)
            .ToList();
        var @new = today
            .Where(left => !lastWeek.Contains((left.Key.SourceIpBlock, left.Key.DestIpBlock, left.Key.RemoteCountry)))
            .Select(left => new Left("", left.Key.SourceIp, left.Key.DestinationIp, left.Key.RemoteCountry, left.CountToday));
        var removeCommonCountry = @new.Where(left => !countryCount.Contains(left.RemoteCountry));
        return
        [
            .. from left in InnerUnique(removeCommonCountry, left => left.RemoteCountry)
               from right in full
               where right.RemoteCountry == left.RemoteCountry
               select (object?[])
               [
                   left.RemoteCountry, left.SourceIp, left.DestinationIp, left.CountToday,
                   right.Computer, right.Direction, right.ProcessName, right.SourceIp, right.DestinationIp,
                   right.DestinationPort, right.Protocol, right.RemoteCountry, right.MaliciousIp,
                   right.IndicatorThreatType, right.Confidence, right.ReportReferenceLink, right.Min, right.Max, right.Sent, right.Received,
               ],
        ];
    }

    /// <summary>RareInboundConnectionFromRemoteLocation of 2019-08-24.</summary>
    private List<object?[]> InboundByAddress(IReadOnlyList<VmConnection> vmConnection, DateTime now)
    {
        var inbound = vmConnection.Where(row => row.RemoteCountry != "")
            .Where(row => row.Direction.Equals("inbound", StringComparison.OrdinalIgnoreCase)).ToList();
        var external = inbound.Where(IsExternal).ToList();
        var countryCount = Common(inbound, now);
        var fullData = Summarize(Today(external, now), withIndicator: true);
        var today = Today(external, now)
            .GroupBy(row => (
                SourceIpBlock: Block(row.SourceIp),
                row.SourceIp,
                row.DestinationIp,
                DestIpBlock: Block(row.DestinationIp),
                row.RemoteCountry))
            .Select(group => (group.Key, CountToday: group.LongCount()));
        var lastWeek = LastWeek(external, now)
            .GroupBy(row => (SourceIpBlock: Block(row.SourceIp), DestIpBlock: Block(row.DestinationIp), row.RemoteCountry))
            .Where(block => block.Count() > TupleThreshold)
            .Select(block => block.Key)
            .ToList();
        var @new = today
            .Where(left => !lastWeek.Contains((left.Key.SourceIpBlock, left.Key.DestIpBlock, left.Key.RemoteCountry)))
            .Select(left => new Left("", left.Key.SourceIp, left.Key.DestinationIp, left.Key.RemoteCountry, left.CountToday));
        return JoinOnAddresses(@new.Where(left => !countryCount.Contains(left.RemoteCountry)), fullData, (_, right) => right.ProcessName);
    }

    /// <summary>RareOutboundConnectionByProcess of 2019-08-24.</summary>
    private List<object?[]> OutboundByAddress(IReadOnlyList<VmConnection> vmConnection, DateTime now) =>
        JoinOnAddresses(
            NewOutbound(vmConnection, now),
            Summarize(Today(Outbound(vmConnection).Where(IsExternal), now), withIndicator: false),
            (left, _) => left.ProcessName);

    /// <summary>
    /// What innerunique may keep in RareOutboundConnectionByProcess of 2019-08-24: any row of one country, source and destination.
    /// </summary>
    public IReadOnlyList<Left> NewOutbound(IReadOnlyList<VmConnection> vmConnection, DateTime now)
    {
        var countryCount = Common(Outbound(vmConnection), now);
        var today = Today(Outbound(vmConnection).Where(IsExternal), now)
            .GroupBy(row => (row.ProcessName, row.SourceIp, row.DestinationIp, row.RemoteCountry))
            .Select(group => (group.Key, CountToday: group.LongCount()));
        var lastweek = LastWeek(Outbound(vmConnection).Where(IsExternal), now)
            .GroupBy(row => (row.ProcessName, row.SourceIp, row.DestinationIp, row.RemoteCountry))
            .Where(tuple => tuple.Count() > TupleThreshold)
            .Select(tuple => tuple.Key)
            .ToList();
        return
        [
            .. today.Where(left => !lastweek.Contains(left.Key)).Where(left => !countryCount.Contains(left.Key.RemoteCountry))
                .Select(
                    left => new Left(
                        left.Key.ProcessName, left.Key.SourceIp, left.Key.DestinationIp, left.Key.RemoteCountry, left.CountToday)),
        ];
    }

    private static List<VmConnection> Outbound(IReadOnlyList<VmConnection> rows) =>
        [.. rows.Where(row => row.RemoteCountry != "").Where(row => row.Direction == "outbound")];

    private static bool IsExternal(VmConnection row) =>
        !row.SourceIp.StartsWith("192.168.", StringComparison.Ordinal)
            && !row.DestinationIp.StartsWith("192.168.", StringComparison.Ordinal);

    private List<string> Common(IEnumerable<VmConnection> rows, DateTime now) =>
    [
        .. rows.Where(row => row.TimeGenerated < now - CurrentWindow && row.TimeGenerated >= now - CountryLookback)
            .GroupBy(row => row.RemoteCountry).Where(country => country.Count() > CountryThreshold).Select(country => country.Key),
    ];

    // The queries have no upper bound because a live query has no later rows.
    private IEnumerable<VmConnection> Today(IEnumerable<VmConnection> rows, DateTime now) =>
        rows.Where(row => row.TimeGenerated >= now - CurrentWindow && row.TimeGenerated < now);

    private IEnumerable<VmConnection> LastWeek(IEnumerable<VmConnection> rows, DateTime now) =>
        rows.Where(row => row.TimeGenerated < now - CurrentWindow && row.TimeGenerated >= now - TupleLookback);

    private static List<object?[]> JoinOnAddresses(IEnumerable<Left> lefts, List<Right> fullData, Func<Left, Right, string> process) =>
    [
        .. (from left in InnerUnique(lefts, left => (left.RemoteCountry, left.SourceIp, left.DestinationIp))
            from right in fullData.Index()
            where right.Item.RemoteCountry == left.RemoteCountry
                && right.Item.SourceIp == left.SourceIp && right.Item.DestinationIp == left.DestinationIp
            orderby left.CountToday descending, right.Index
            select (Left: left, Right: right.Item)).Select(row => (object?[])
            [
                row.Right.Min, row.Right.Max, row.Left.RemoteCountry, row.Right.Computer, row.Left.SourceIp, row.Left.DestinationIp,
                row.Right.Direction, process(row.Left, row.Right), row.Right.DestinationPort, row.Right.Protocol, row.Left.CountToday,
                row.Right.Sent, row.Right.Received, row.Right.Min, row.Right.Computer, row.Left.SourceIp,
            ]),
    ];

    /// <summary>
    /// One row a join key: KQL keeps any, the detectors the one with most rows and then the first in order. In the order of the countries.
    /// </summary>
    private static IEnumerable<Left> InnerUnique<TKey>(IEnumerable<Left> lefts, Func<Left, TKey> key) => lefts
        .OrderByDescending(left => left.CountToday)
        .ThenBy(left => left.ProcessName, StringComparer.Ordinal).ThenBy(left => left.SourceIp, StringComparer.Ordinal)
        .ThenBy(left => left.DestinationIp, StringComparer.Ordinal)
        .DistinctBy(key)
        .OrderBy(left => left.RemoteCountry, StringComparer.Ordinal);

    /// <summary>The groups of the right side, by country and then by their other values.</summary>
    private static List<Right> Summarize(IEnumerable<VmConnection> rows, bool withIndicator) =>
    [
        .. rows.GroupBy(row => new Right(
                row.Computer, row.Direction, row.ProcessName, row.SourceIp, row.DestinationIp,
                row.DestinationPort, row.Protocol, row.RemoteCountry, row.MaliciousIp,
                withIndicator ? Detail(row, "IndicatorThreatType") : "",
                withIndicator ? Detail(row, "Confidence") : "",
                withIndicator ? Detail(row, "ReportReferenceLink") : ""))
            .Select(group => group.Key with
            {
                Min = group.Min(row => row.TimeGenerated),
                Max = group.Max(row => row.TimeGenerated),
                Sent = Sum(group.Select(row => row.BytesSent)),
                Received = Sum(group.Select(row => row.BytesReceived)),
            })
            .OrderBy(right => right.RemoteCountry, StringComparer.Ordinal).ThenBy(right => right.Computer, StringComparer.Ordinal)
            .ThenBy(right => right.Direction, StringComparer.Ordinal)
            .ThenBy(right => right.ProcessName, StringComparer.Ordinal).ThenBy(right => right.SourceIp, StringComparer.Ordinal)
            .ThenBy(right => right.DestinationIp, StringComparer.Ordinal)
            .ThenBy(right => right.DestinationPort ?? long.MinValue).ThenBy(right => right.Protocol, StringComparer.Ordinal)
            .ThenBy(right => right.MaliciousIp, StringComparer.Ordinal)
            .ThenBy(right => right.IndicatorThreatType, StringComparer.Ordinal).ThenBy(right => right.Confidence, StringComparer.Ordinal)
            .ThenBy(right => right.ReportReferenceLink, StringComparer.Ordinal),
    ];

    // trim_end(@"\.[0-9]*", address)
    private static string Block(string address)
    {
        var end = address.Length;
        while (end > 0 && char.IsAsciiDigit(address[end - 1]))
        {
            end--;
        }

        return end > 0 && address[end - 1] == '.' ? address[..(end - 1)] : address;
    }

    // What is stored beside the columns: a number is spelled as it came.
    private static string Detail(VmConnection row, string column)
    {
        var details = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.Details ?? "{}")!;
        return details.TryGetValue(column, out var value) ? value.ToString() : "";
    }

    private static long Sum(IEnumerable<long?> numbers) =>
        (long)BigInteger.Clamp(numbers.Aggregate(BigInteger.Zero, (sum, number) => sum + (number ?? 0)), long.MinValue, long.MaxValue);
}
