using System.Runtime.InteropServices;
using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>Counts a country's tuples in a lookback that slides from window to window.</summary>
internal sealed class TupleCounts(ScannedCountry country, TimeSpan lookback, TimeSpan window, int cap)
{
    private readonly Dictionary<int, int> counts = [];
    private TimeRange counted;

    /// <summary>For each of some windows: the smallest number of rows that any of its tuples has in the lookback, counted to one past the cap.</summary>
    /// <param name="windows">The windows that have rows of the country, oldest first.</param>
    /// <param name="ends">Where windows end.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<int[]> LeastAsync(IReadOnlyList<int> windows, DateTime[] ends, CancellationToken cancellationToken)
    {
        var least = new int[windows.Count];
        for (var i = 0; i < least.Length; i++)
        {
            var end = ends[windows[i]];
            var baseline = TimeRange.Back(end, lookback, window);
            // The rows that leave are subtracted one by one, so they have to be held until then.
            var from = Overlaps(baseline) ? counted.StartUtc : baseline.StartUtc;
            await country.CoverAsync(new TimeRange(from, end), cancellationToken);
            SlideTo(baseline);
            least[i] = cap + 1;
            for (var row = country.PositionOf(baseline.EndUtc); row < country.PositionOf(end); row++)
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
            Add(country.PositionOf(counted.StartUtc), country.PositionOf(baseline.StartUtc), -1);
            Add(country.PositionOf(counted.EndUtc), country.PositionOf(baseline.EndUtc), 1);
        }
        else
        {
            counts.Clear();
            Add(country.PositionOf(baseline.StartUtc), country.PositionOf(baseline.EndUtc), 1);
        }

        counted = baseline;
    }

    private void Add(int from, int to, int step)
    {
        for (var row = from; row < to; row++)
        {
            if (!country[row].IsExcluded)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, country[row].Tuple, out _) += step;
            }
        }
    }
}
