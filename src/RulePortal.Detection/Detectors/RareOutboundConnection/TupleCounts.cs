using System.Runtime.InteropServices;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Simulation;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>Counts a country's tuples in a lookback that slides from window to window.</summary>
internal sealed class TupleCounts(ScannedCountry country, TimeSpan lookback, TimeSpan window, int cap)
{
    private readonly Dictionary<int, int> counts = [];
    private TimeRange counted;

    /// <summary>For each of some windows: the smallest number of rows that any of its tuples has in the lookback, counted to one past the cap.</summary>
    /// <param name="places">The windows that have rows of the country, oldest first.</param>
    /// <param name="ends">Where windows end.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<int[]> LeastAsync(IReadOnlyList<int> places, DateTime[] ends, CancellationToken cancellationToken)
    {
        var least = new int[places.Count];
        for (var i = 0; i < least.Length; i++)
        {
            var end = ends[places[i]];
            var baseline = TimeRange.Back(end, lookback, window);
            // The rows that leave are taken away one by one, so they have to be held still.
            var from = Overlaps(baseline) ? counted.StartUtc : baseline.StartUtc;
            await country.CoverAsync(new TimeRange(from, end), cancellationToken);
            SlideTo(baseline);
            least[i] = cap + 1;
            for (var row = country.PlaceOf(baseline.EndUtc); row < country.PlaceOf(end); row++)
            {
                least[i] = Math.Min(least[i], counts.GetValueOrDefault(country[row].Tuple));
            }
        }

        return least;
    }

    private bool Overlaps(TimeRange baseline) => baseline.StartUtc < counted.EndUtc;

    private void SlideTo(TimeRange baseline)
    {
        if (Overlaps(baseline))
        {
            Add(country.PlaceOf(counted.StartUtc), country.PlaceOf(baseline.StartUtc), -1);
            Add(country.PlaceOf(counted.EndUtc), country.PlaceOf(baseline.EndUtc), 1);
        }
        else
        {
            counts.Clear();
            Add(country.PlaceOf(baseline.StartUtc), country.PlaceOf(baseline.EndUtc), 1);
        }

        counted = baseline;
    }

    private void Add(int from, int to, int step)
    {
        for (var row = from; row < to; row++)
        {
            if (!country[row].IsKeptOut)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, country[row].Tuple, out _) += step;
            }
        }
    }
}
