using System.Globalization;
using RulePortal.Detection.Connections;

namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>Writes down the records of one incident.</summary>
internal sealed class DemoIncidentBuilder(string story, DemoEstate estate, long seed, DateTime startUtc)
{
    private readonly List<VmConnection> rows = [];
    private readonly List<string> countries = [];
    private SplitMix random = SplitMix.Of(seed, story.Length, startUtc.Ticks);

    public DateTime StartUtc => startUtc;

    public int Between(int from, int to) => random.Between(from, to);

    public DemoHost Host(string role) => random.Pick(estate.Of(role));

    /// <summary>As many machines of the roles as asked for, or all there are.</summary>
    public IReadOnlyList<DemoHost> Hosts(int count, params ReadOnlySpan<string> roles)
    {
        var hosts = new List<DemoHost>();
        foreach (var role in roles)
        {
            hosts.AddRange(estate.Of(role));
        }

        while (hosts.Count > count)
        {
            hosts.RemoveAt(random.Below(hosts.Count));
        }

        return hosts;
    }

    /// <summary>Addresses of the country that nothing has talked to.</summary>
    public IReadOnlyList<DemoRemote> Strangers(string country, int count)
    {
        countries.Add(country);
        var block = random.Below(256);
        var first = random.Between(1, 200);
        return [.. Enumerable.Range(first, count).Select(last => DemoRemote.Named(
            string.Create(CultureInfo.InvariantCulture, $"n{block:x2}{last:x2}.hosting.example"),
            country,
            string.Create(CultureInfo.InvariantCulture, $"198.18.{block}.{last}")))];
    }

    /// <summary>One connection, seen from its first minute on at an interval for a while.</summary>
    public void Talk(DemoHost host, string process, DemoRemote remote, int port, int firstMinute, int everyMinutes, int times, long sent, long received, bool inbound = false, bool listed = false)
    {
        for (var i = 0; i < times; i++)
        {
            rows.Add(new VmConnection
            {
                TimeGenerated = startUtc.AddMinutes(firstMinute + (i * everyMinutes)),
                Computer = host.Computer,
                Direction = inbound ? "inbound" : "outbound",
                ProcessName = process,
                SourceIp = inbound ? remote.Address : host.Address,
                DestinationIp = inbound ? host.Address : remote.Address,
                DestinationPort = port,
                Protocol = "tcp",
                RemoteIp = remote.Address,
                RemoteCountry = remote.Country,
                MaliciousIp = listed ? remote.Address : "",
                BytesSent = random.Around(sent),
                BytesReceived = random.Around(received),
                LinksEstablished = random.Between(1, 3),
                Details = remote.Details,
            });
        }
    }

    public DemoIncident Build(bool isLure) => new(story, isLure, startUtc, countries, [.. rows.OrderBy(row => row.TimeGenerated)]);
}
