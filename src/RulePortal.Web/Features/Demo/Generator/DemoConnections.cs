using RulePortal.Detection.Connections;

namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>Generated records of any span of time: the same seed gives the same records for the same minute, whichever span it is asked in.</summary>
internal sealed class DemoConnections
{
    public const int Days = 62;

    public const int DefaultSeed = 20260131;

    private const ulong Spread = 0xD6E8FEB86659FD93;

    private readonly long seed;
    private readonly DemoFlow[] flows;
    private readonly DemoIncidents incidents;

    /// <param name="seed">Any number.</param>
    /// <param name="scale">Times the machines of the company, 1 to 20; about 400,000 records in 62 days each.</param>
    public DemoConnections(long seed = DefaultSeed, int scale = 1)
    {
        this.seed = seed;
        var estate = new DemoEstate(scale);
        flows = [.. new DemoTraffic(estate).Flows];
        incidents = new DemoIncidents(estate, seed);
    }

    /// <summary>What is planted in a span, by its beginning.</summary>
    public IEnumerable<DemoIncident> Incidents(DateTime fromUtc, DateTime toUtc) => incidents.Between(fromUtc, toUtc);

    /// <summary>The records of the minutes that begin in the span, oldest first; those that incidents begun before the span still send are among them.</summary>
    public IEnumerable<VmConnection> Between(DateTime fromUtc, DateTime toUtc)
    {
        var planted = incidents.Between(fromUtc - DemoIncidents.Longest, toUtc)
            .SelectMany(incident => incident.Rows)
            .Where(row => row.TimeGenerated >= fromUtc && row.TimeGenerated < toUtc)
            .ToLookup(row => row.TimeGenerated);
        var firstMinute = (fromUtc.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute;
        for (var minute = firstMinute; minute * TimeSpan.TicksPerMinute < toUtc.Ticks; minute++)
        {
            var time = new DateTime(minute * TimeSpan.TicksPerMinute, DateTimeKind.Utc);
            var hourOfWeek = DemoRhythm.HourOfWeek(time);
            var ofMinute = SplitMix.Of(seed, place: 2, minute).Next();
            for (var place = 0; place < flows.Length; place++)
            {
                var flow = flows[place];
                var random = new SplitMix(ofMinute + ((ulong)place * Spread));
                if (random.Unit() * 60 < flow.PerHour * flow.Rhythm.At(hourOfWeek))
                {
                    yield return Row(flow, time, random);
                }
            }

            foreach (var row in planted[time])
            {
                yield return row;
            }
        }
    }

    private static VmConnection Row(DemoFlow flow, DateTime time, SplitMix random)
    {
        // The square favours the places that are used most.
        var favour = random.Unit();
        var remote = flow.Remotes[(int)(favour * favour * flow.Remotes.Count)];
        return new VmConnection
        {
            TimeGenerated = time,
            Computer = flow.Host.Computer,
            Direction = flow.Inbound ? "inbound" : "outbound",
            ProcessName = flow.Process,
            SourceIp = flow.Inbound ? remote.Address : flow.Host.Address,
            DestinationIp = flow.Inbound ? flow.Host.Address : remote.Address,
            DestinationPort = flow.Port,
            Protocol = "tcp",
            RemoteIp = remote.Address,
            RemoteCountry = remote.Country,
            BytesSent = random.Around(flow.Sent),
            BytesReceived = random.Around(flow.Received),
            LinksEstablished = random.Between(0, 6),
            Details = remote.Details,
        };
    }
}
