using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>Evaluates many windows at once, country by country.</summary>
/// <remarks>
/// A country gives its f groups of a window's rows when it had c rows in the country lookback and one of its tuples m rows in the tuple lookback,
/// and neither exceeds its threshold. So (c, m, f) per country and window is all there is to know. A country with more rows than the highest
/// threshold is skipped from window to window by its nth latest row; only the others are read.
/// </remarks>
internal sealed class RareConnectionPass
{
    /// <summary>Above this the nth latest row is no cheaper to find than the rows are to read.</summary>
    private const int MostProbed = 5_000;

    private readonly string direction;
    private readonly ICountryIndex index;
    private readonly RowBudget budget;
    private readonly DateTime[] ends;
    private readonly TimeSpan window;
    private readonly IReadOnlyList<TimeSpan> countryLookbacks;
    private readonly IReadOnlyList<TimeSpan> tupleLookbacks;
    private readonly int cap;
    private readonly List<(string Country, Candidate Candidate)> found = [];

    public RareConnectionPass(SimulationRequest request, string direction, RareConnectionSettings settings, ICountryIndex index)
    {
        (this.direction, this.index) = (direction, index);
        budget = new RowBudget(request);
        ends = [.. request.WindowEnds()];
        window = settings.Window;
        countryLookbacks = request.LookbacksOf(0);
        tupleLookbacks = request.LookbacksOf(1);
        cap = (int)request.Thresholds(0).Greatest;
    }

    public async Task<IReadOnlyList<Candidate>> RunAsync(IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        if (ends.Length == 0)
        {
            return [];
        }

        var longest = countryLookbacks[^1] > tupleLookbacks[^1] ? countryLookbacks[^1] : tupleLookbacks[^1];
        var reach = new TimeRange(TimeRange.Back(ends[0], longest).StartUtc, ends[^1]);
        var countries = await index.AllAsync(direction, cancellationToken);
        foreach (var (done, country) in countries.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CountryAsync(new ScannedCountry(index, direction, country, reach), cancellationToken);
            progress?.Report(new SimulationProgress(done + 1, countries.Count));
        }

        return [.. found.OrderBy(one => one.Candidate.Window).ThenBy(one => one.Country, StringComparer.Ordinal).Select(one => one.Candidate)];
    }

    private async Task CountryAsync(ScannedCountry country, CancellationToken cancellationToken)
    {
        // Longest first: a country that is read whole for it needs no further read for the others.
        var countryRows = new int[countryLookbacks.Count][];
        for (var at = countryLookbacks.Count - 1; at >= 0; at--)
        {
            countryRows[at] = await CountAsync(country, countryLookbacks[at], cancellationToken);
        }

        // The shortest lookback has the fewest rows: a country that is common in it is common in all.
        var seen = new List<int>();
        for (var at = 0; at < ends.Length; at++)
        {
            if (countryRows[0][at] <= cap)
            {
                var current = TimeRange.Back(ends[at], window);
                await country.CoverAsync(current, cancellationToken);
                if (country.Count(current) > 0)
                {
                    seen.Add(at);
                }
            }
        }

        var tupleRows = new int[tupleLookbacks.Count][];
        for (var at = tupleLookbacks.Count - 1; at >= 0; at--)
        {
            tupleRows[at] = await new TupleCounts(country, tupleLookbacks[at], window, cap).LeastAsync(seen, ends, cancellationToken);
        }

        var subject = Subject.Of(nameof(VmConnection.RemoteCountry), country.Country);
        var kept = seen.Index().Where(one => tupleRows[0][one.Index] <= cap).ToList();
        var groups = await GroupsAsync(country, subject, [.. kept.Select(one => one.Item)], cancellationToken);
        foreach (var ((order, at), rows) in kept.Zip(groups))
        {
            found.Add((country.Country, new Candidate(at, subject, [.. countryRows.Select(counts => (long)counts[at]), .. tupleRows.Select(counts => (long)counts[order])], rows)));
        }
    }

    /// <summary>The country's rows in the lookback of each window, counted to one past the highest threshold.</summary>
    private async Task<int[]> CountAsync(ScannedCountry country, TimeSpan lookback, CancellationToken cancellationToken)
    {
        var counts = new int[ends.Length];
        for (var at = 0; at < ends.Length;)
        {
            var baseline = TimeRange.Back(ends[at], lookback, window);
            if (!country.Covers(baseline) && cap <= MostProbed && await country.NthLatestAsync(baseline, cap + 1, cancellationToken) is { } instant)
            {
                // These rows are in the lookback of the windows that follow as well, for as long as the oldest of them is.
                for (; at < ends.Length && TimeRange.Back(ends[at], lookback).StartUtc <= instant; at++)
                {
                    counts[at] = cap + 1;
                }

                continue;
            }

            await country.CoverAsync(baseline, cancellationToken);
            counts[at++] = Math.Min(cap + 1, country.CountInBaseline(baseline));
        }

        return counts;
    }

    /// <summary>The result rows of windows: one list each.</summary>
    private async Task<List<IReadOnlyList<SimulatedRow>>> GroupsAsync(
        ScannedCountry country, Subject subject, List<int> windows, CancellationToken cancellationToken)
    {
        var result = new List<IReadOnlyList<SimulatedRow>>(windows.Count);
        for (var first = 0; first < windows.Count;)
        {
            // Windows that touch or overlap are read together.
            var last = first;
            while (last + 1 < windows.Count && TimeRange.Back(ends[windows[last + 1]], window).StartUtc <= ends[windows[last]])
            {
                last++;
            }

            var rows = await country.DetailsAsync(new TimeRange(TimeRange.Back(ends[windows[first]], window).StartUtc, ends[windows[last]]), cancellationToken);
            for (; first <= last; first++)
            {
                var current = TimeRange.Back(ends[windows[first]], window);
                IReadOnlyList<SimulatedRow> results = [.. ConnectionGroup.Summarize(rows.Where(row => current.Contains(row.TimeGenerated))).Select(group => RowOf(group, GroupKeys.Hash(group.Key.Values), subject, isInbound: false))];
                budget.Hold(results.Count);
                result.Add(results);
            }
        }

        return result;
    }

    /// <summary>A result row by the names that the detectors give theirs.</summary>
    internal static SimulatedRow RowOf(ConnectionGroup group, string groupKey, Subject subject, bool isInbound) => new(
        groupKey,
        subject,
        [group.Key.ProcessName, group.Key.Computer, group.Key.RemoteCountry, isInbound ? group.Key.SourceIp : group.Key.DestinationIp],
        group.MinTimeGenerated);
}
