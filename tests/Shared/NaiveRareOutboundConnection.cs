using System.Numerics;
using RulePortal.Detection.Connections;

namespace RulePortal.TestSupport;

/// <summary>The rule's query, statement by statement over a list, sharing nothing with the detector it is the measure of.</summary>
internal sealed record NaiveRareOutboundConnection(
    string Direction,
    TimeSpan CurrentWindow,
    TimeSpan CountryLookback,
    long CountryThreshold,
    TimeSpan TupleLookback,
    long TupleThreshold)
{
    public static NaiveRareOutboundConnection Shipped { get; } = new(
        "outbound", TimeSpan.FromHours(1), TimeSpan.FromDays(30), 5, TimeSpan.FromDays(7), 7);

    /// <summary>The result rows, eighteen values each, in the order of the country and then of the nine keys.</summary>
    public IReadOnlyList<object?[]> Evaluate(IReadOnlyList<VmConnection> vmConnection, DateTime now)
    {
        var ago1h = now - CurrentWindow;

        var countryCount = vmConnection
            .Where(row => row.TimeGenerated < ago1h && row.TimeGenerated >= now - CountryLookback)
            .Where(row => row.RemoteCountry != "")
            .Where(row => row.Direction == Direction)
            .GroupBy(row => row.RemoteCountry)
            .Where(country => country.Count() > CountryThreshold)
            .Select(country => country.Key)
            .ToList();

        // The query has no upper bound because a live query has no later rows.
        var current = vmConnection
            .Where(row => row.TimeGenerated >= ago1h && row.TimeGenerated < now)
            .Where(row => row.RemoteCountry != "")
            .Where(row => row.Direction == Direction)
            .ToList();

        var full = current
            .GroupBy(row => (
                row.Computer,
                row.Direction,
                row.ProcessName,
                row.SourceIp,
                row.DestinationIp,
                row.DestinationPort,
                row.Protocol,
                row.RemoteCountry,
                row.MaliciousIp))
            .Select(group => (
                group.Key,
                Min: group.Min(row => row.TimeGenerated),
                Max: group.Max(row => row.TimeGenerated),
                Sent: Sum(group.Select(row => row.BytesSent)),
                Received: Sum(group.Select(row => row.BytesReceived))))
            .ToList();

        var today = current
            .GroupBy(row => (row.ProcessName, row.SourceIp, row.DestinationIp, row.RemoteCountry))
            .Select(group => (group.Key, Count: group.LongCount()))
            .ToList();

        var lastweek = vmConnection
            .Where(row => row.TimeGenerated < ago1h && row.TimeGenerated >= now - TupleLookback)
            .Where(row => row.RemoteCountry != "")
            .Where(row => row.Direction == Direction)
            .GroupBy(row => (row.ProcessName, row.SourceIp, row.DestinationIp, row.RemoteCountry))
            .Where(tuple => tuple.Count() > TupleThreshold)
            .Select(tuple => tuple.Key)
            .ToList();

        var @new = today.Where(left => !lastweek.Contains(left.Key)).ToList();
        var removeCommonCountry = @new.Where(left => !countryCount.Contains(left.Key.RemoteCountry)).ToList();

        var innerUnique = removeCommonCountry
            .GroupBy(left => left.Key.RemoteCountry)
            .Select(country => country
                .OrderByDescending(left => left.Count)
                .ThenBy(left => left.Key.ProcessName, StringComparer.Ordinal)
                .ThenBy(left => left.Key.SourceIp, StringComparer.Ordinal)
                .ThenBy(left => left.Key.DestinationIp, StringComparer.Ordinal)
                .First());

        return
        [
            .. from left in innerUnique
               join right in full on left.Key.RemoteCountry equals right.Key.RemoteCountry
               orderby string.Concat(left.Key.RemoteCountry.Select(Sortable)),
                   string.Concat(right.Key.Computer.Select(Sortable)), string.Concat(right.Key.ProcessName.Select(Sortable)),
                   string.Concat(right.Key.SourceIp.Select(Sortable)), string.Concat(right.Key.DestinationIp.Select(Sortable)),
                   right.Key.DestinationPort ?? long.MinValue,
                   string.Concat(right.Key.Protocol.Select(Sortable)), string.Concat(right.Key.MaliciousIp.Select(Sortable))
               select (object?[])
               [
                   left.Key.ProcessName, left.Key.SourceIp, left.Key.DestinationIp, left.Key.RemoteCountry, left.Count,
                   right.Key.Computer, right.Key.Direction, right.Key.ProcessName, right.Key.SourceIp, right.Key.DestinationIp,
                   right.Key.DestinationPort, right.Key.Protocol, right.Key.RemoteCountry, right.Key.MaliciousIp,
                   right.Min, right.Max, right.Sent, right.Received,
               ],
        ];
    }

    // Five digits a character sort the same under every culture as the characters do ordinally.
    private static string Sortable(char character) => ((int)character).ToString("D5");

    private static long Sum(IEnumerable<long?> numbers)
    {
        var sum = BigInteger.Zero;
        foreach (var number in numbers)
        {
            sum += number ?? 0;
        }

        return (long)BigInteger.Clamp(sum, long.MinValue, long.MaxValue);
    }
}
