using RulePortal.Detection.Connections;

namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>Generated records of any span of time: the same seed gives the same records for the same minute, whichever span it is asked in.</summary>
internal sealed class DemoConnections
{
    public const int Days = 62;

    public const int DefaultSeed = 20260131;

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
        for (var hour = fromUtc.Date.AddHours(fromUtc.Hour); hour < toUtc; hour = hour.AddHours(1))
        {
            var ordinary = Hour(hour);
            for (var minute = 0; minute < ordinary.Length; minute++)
            {
                var time = hour.AddMinutes(minute);
                if (time >= fromUtc && time < toUtc)
                {
                    foreach (var row in ordinary[minute].Concat(planted[time]))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    // An hour is generated at once, so that the minutes in which a flow is silent cost nothing.
    private List<VmConnection>[] Hour(DateTime hour)
    {
        var minutes = new List<VmConnection>[60];
        for (var minute = 0; minute < minutes.Length; minute++)
        {
            minutes[minute] = [];
        }

        for (var place = 0; place < flows.Length; place++)
        {
            var flow = flows[place];
            var silence = Math.Log(1 - Math.Min(0.95, flow.PerHour * flow.Rhythm.At(hour) / minutes.Length));
            if (silence == 0)
            {
                continue;
            }

            var random = SplitMix.Of(seed, place + 2, hour.Ticks);
            // How long until the next record, when each minute has one with the same chance.
            for (var minute = Pause(); minute < minutes.Length; minute += 1 + Pause())
            {
                minutes[(int)minute].Add(Row(flow, hour.AddMinutes(minute), ref random));
            }

            double Pause() => Math.Floor(Math.Log(1 - random.Unit()) / silence);
        }

        return minutes;
    }

    private static VmConnection Row(DemoFlow flow, DateTime time, ref SplitMix random)
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
