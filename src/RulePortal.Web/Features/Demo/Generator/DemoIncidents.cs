using RulePortal.Detection.Connections;

namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>When which incident happens. It follows from the date alone, so a demo that was stopped goes on as if it had not been.</summary>
/// <remarks>
/// A day has four slots of six hours. Anomalies begin in the first three hours of each slot and are over by its fourth; lures have the fifth and
/// sixth, so that no window mixes them: five rows of a lure and one of something else would be six.
/// </remarks>
internal sealed class DemoIncidents(DemoEstate estate, long seed)
{
    private const int SlotHours = 6;
    private const int BeaconDays = 5;

    /// <summary>Every incident that begins in the range, oldest first.</summary>
    public IEnumerable<DemoIncident> Between(DateTime fromUtc, DateTime toUtc)
    {
        for (var slot = fromUtc.Ticks / (TimeSpan.TicksPerHour * SlotHours); StartOf(slot) < toUtc; slot++)
        {
            foreach (var incident in InSlot(slot).Where(incident => incident.StartUtc >= fromUtc && incident.StartUtc < toUtc))
            {
                yield return incident;
            }
        }
    }

    /// <summary>How long before a row its incident can have begun.</summary>
    public static TimeSpan Longest => TimeSpan.FromDays(BeaconDays);

    private static DateTime StartOf(long slot) => new(slot * SlotHours * TimeSpan.TicksPerHour, DateTimeKind.Utc);

    private IEnumerable<DemoIncident> InSlot(long slot)
    {
        var start = StartOf(slot);
        var random = SplitMix.Of(seed, place: 1, slot);
        var (story, write) = DemoAnomalies.All[(int)(slot % DemoAnomalies.All.Count)];
        yield return Write(story, isLure: false, start.AddHours(random.Below(3)).AddMinutes(random.Between(3, 12)), incident => write(incident, slot));
        if (slot % 4 == 1)
        {
            yield return Lure("A second wave from a country that has just fired", start, 4, lure => DemoLures.SecondWave(lure, slot));
        }

        var day = start.Ticks / TimeSpan.TicksPerDay;
        switch (start.Hour / SlotHours)
        {
            case 0:
                yield return Lure("A scan from a new country, inbound", start, 5, lure => DemoLures.InboundScan(lure, day));
                break;
            case 1 when day % 2 == 0:
                yield return Lure("A new country with five result rows", start, 5, lure => DemoLures.FiveRows(lure, day / 2));
                break;
            case 1:
                yield return Lure("A known process at new addresses in a known country", start, 5, DemoLures.NewAddresses);
                break;
            case 2 when day % 2 == 0:
                yield return Lure("A new process to a known country", start, 5, DemoLures.NewProcess);
                break;
            case 2:
                yield return Lure("Many rows of a country seen every week", start, 5, DemoLures.Supplier);
                break;
            case 3 when day % BeaconDays == 0:
                yield return Lure("A beacon of one row each half hour", start, 5, lure => DemoLures.SlowBeacon(lure, day / BeaconDays, (BeaconDays * 24) - 1));
                break;
        }
    }

    private DemoIncident Lure(string story, DateTime slotStart, int hour, Action<DemoIncidentBuilder> write) =>
        Write(story, isLure: true, slotStart.AddHours(hour).AddMinutes(2), write);

    private DemoIncident Write(string story, bool isLure, DateTime startUtc, Action<DemoIncidentBuilder> write)
    {
        var builder = new DemoIncidentBuilder(story, estate, seed, startUtc);
        write(builder);
        return builder.Build(isLure);
    }
}

/// <summary>Something planted among the ordinary traffic.</summary>
/// <param name="Story">What it is, in a few words.</param>
/// <param name="IsLure">True for what looks odd and must not fire.</param>
/// <param name="StartUtc">When it begins.</param>
/// <param name="Countries">Where it talks to.</param>
/// <param name="Rows">Its records, oldest first.</param>
internal sealed record DemoIncident(string Story, bool IsLure, DateTime StartUtc, IReadOnlyList<string> Countries, IReadOnlyList<VmConnection> Rows)
{
    /// <summary>End of the hour it begins in: the window that must find it.</summary>
    public DateTime WindowEndUtc => StartUtc.Date.AddHours(StartUtc.Hour + 1);
}
