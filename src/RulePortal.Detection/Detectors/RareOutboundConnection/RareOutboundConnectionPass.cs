using RulePortal.Detection.Connections;
using RulePortal.Detection.Simulation;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>Evaluates many windows at once, country by country.</summary>
/// <remarks>
/// A country gives its f groups of a window's rows when it had c rows in the country lookback and one of its tuples m rows in the tuple lookback,
/// and neither exceeds its threshold. So (c, m, f) per country and window is all there is to know. A country with more rows than the highest
/// threshold is skipped from window to window by its nth latest row; only the others are read.
/// </remarks>
internal sealed class RareOutboundConnectionPass
{
    /// <summary>Above this the nth latest row is no cheaper to find than the rows are to read.</summary>
    private const int MostProbed = 5_000;

    private readonly SimulationRequest request;
    private readonly RareOutboundConnectionSettings settings;
    private readonly IConnectionScan scan;
    private readonly DateTime[] ends;
    private readonly TimeSpan window;
    private readonly IReadOnlyList<TimeSpan> countryLookbacks;
    private readonly IReadOnlyList<TimeSpan> tupleLookbacks;
    private readonly int cap;
    private readonly List<(string Country, Candidate Candidate)> found = [];
    private int held;

    public RareOutboundConnectionPass(SimulationRequest request, RareOutboundConnectionSettings settings, IReadOnlyList<ThresholdKnob> knobs, IReadOnlyList<KnobValue> own, IConnectionScan scan)
    {
        this.request = request;
        this.settings = settings;
        this.scan = scan;
        ends = [.. request.WindowEnds()];
        window = settings.WindowAt(request.Rule.QueryFrequency);
        countryLookbacks = request.LookbacksOf(knobs[0], own[0], window);
        tupleLookbacks = request.LookbacksOf(knobs[1], own[1], window);
        cap = (int)Math.Min(int.MaxValue - 1, Math.Max(request.HighestThreshold, Math.Max(settings.CountryThreshold, settings.TupleThreshold)));
    }

    public async Task<IReadOnlyList<Candidate>> RunAsync(IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        if (ends.Length == 0)
        {
            return [];
        }

        var longest = countryLookbacks[^1] > tupleLookbacks[^1] ? countryLookbacks[^1] : tupleLookbacks[^1];
        var reach = new TimeRange(TimeRange.Back(ends[0], longest).StartUtc, ends[^1]);
        var countries = await scan.SeenCountriesAsync(settings.Direction, cancellationToken);
        foreach (var (place, country) in countries.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CountryAsync(new ScannedCountry(scan, settings.Direction, country, reach), cancellationToken);
            progress?.Report(new SimulationProgress(place + 1, countries.Count));
        }

        return [.. found.OrderBy(one => one.Candidate.Window).ThenBy(one => one.Country, StringComparer.Ordinal).Select(one => one.Candidate)];
    }

    private async Task CountryAsync(ScannedCountry country, CancellationToken cancellationToken)
    {
        // Longest first: a country that is read whole for it needs no further read for the others.
        var countryRows = new int[countryLookbacks.Count][];
        for (var place = countryLookbacks.Count - 1; place >= 0; place--)
        {
            countryRows[place] = await CountAsync(country, countryLookbacks[place], cancellationToken);
        }

        // The shortest lookback has the fewest rows: a country that is common in it is common in all.
        var seen = new List<int>();
        for (var place = 0; place < ends.Length; place++)
        {
            if (countryRows[0][place] <= cap)
            {
                var current = TimeRange.Back(ends[place], window);
                await country.CoverAsync(current, cancellationToken);
                if (country.Count(current) > 0)
                {
                    seen.Add(place);
                }
            }
        }

        var tupleRows = new int[tupleLookbacks.Count][];
        for (var place = tupleLookbacks.Count - 1; place >= 0; place--)
        {
            tupleRows[place] = await new TupleCounts(country, tupleLookbacks[place], window, cap).LeastAsync(seen, ends, cancellationToken);
        }

        var kept = seen.Index().Where(one => tupleRows[0][one.Index] <= cap).ToList();
        var groups = await GroupsAsync(country, [.. kept.Select(one => one.Item)], cancellationToken);
        foreach (var ((order, place), rows) in kept.Zip(groups))
        {
            found.Add((country.Country, new Candidate(place, country.Country, [.. countryRows.Select(counts => counts[place]), .. tupleRows.Select(counts => counts[order])], rows)));
        }
    }

    /// <summary>The country's rows in the lookback of each window, counted to one past the highest threshold.</summary>
    private async Task<int[]> CountAsync(ScannedCountry country, TimeSpan lookback, CancellationToken cancellationToken)
    {
        var counts = new int[ends.Length];
        for (var place = 0; place < ends.Length;)
        {
            var baseline = TimeRange.Back(ends[place], lookback, window);
            if (!country.Covers(baseline) && cap <= MostProbed && await country.NthLatestAsync(baseline, cap + 1, cancellationToken) is { } instant)
            {
                // These rows are in the lookback of the windows that follow as well, for as long as the oldest of them is.
                for (; place < ends.Length && TimeRange.Back(ends[place], lookback).StartUtc <= instant; place++)
                {
                    counts[place] = cap + 1;
                }

                continue;
            }

            await country.CoverAsync(baseline, cancellationToken);
            counts[place++] = Math.Min(cap + 1, country.CountInBaseline(baseline));
        }

        return counts;
    }

    /// <summary>The result rows of windows: one list each.</summary>
    private async Task<List<IReadOnlyList<SimulatedRow>>> GroupsAsync(ScannedCountry country, List<int> places, CancellationToken cancellationToken)
    {
        var result = new List<IReadOnlyList<SimulatedRow>>(places.Count);
        for (var first = 0; first < places.Count;)
        {
            // Windows that touch or overlap are read together.
            var last = first;
            while (last + 1 < places.Count && TimeRange.Back(ends[places[last + 1]], window).StartUtc <= ends[places[last]])
            {
                last++;
            }

            var rows = await country.DetailsAsync(new TimeRange(TimeRange.Back(ends[places[first]], window).StartUtc, ends[places[last]]), cancellationToken);
            for (; first <= last; first++)
            {
                var current = TimeRange.Back(ends[places[first]], window);
                IReadOnlyList<SimulatedRow> results = [.. ConnectionGroup.Summarize(rows.Where(row => current.Contains(row.TimeGenerated))).Select(SimulatedRow.Of)];
                SimulationLimits.Hold(ref held, results.Count, request);
                result.Add(results);
            }
        }

        return result;
    }
}
