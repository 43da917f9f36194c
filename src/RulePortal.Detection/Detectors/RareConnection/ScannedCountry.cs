using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>The rows of one country, read as far as they are needed and held as long as they can be asked for again.</summary>
internal sealed class ScannedCountry(ICountryIndex index, string direction, string country, TimeRange reach)
{
    /// <summary>Rows of one read: a country with fewer in the whole reach is read once and for all.</summary>
    private const int ReadAtOnce = 2_000;

    private readonly List<ScannedRow> rows = [];

    /// <summary>For each row, how many before it are excluded; of meaning only as a difference.</summary>
    private readonly List<int> excludedBefore = [];
    private int excluded;
    private TimeRange covered;
    private bool triedWhole;

    public string Country => country;

    /// <summary>Whether every row of a range is held.</summary>
    public bool Covers(TimeRange range) => range.StartUtc >= covered.StartUtc && range.EndUtc <= covered.EndUtc;

    /// <summary>How many rows of a range count when it is looked back on, of a range that is covered.</summary>
    public int CountInBaseline(TimeRange range)
    {
        var (from, to) = (PositionOf(range.StartUtc), PositionOf(range.EndUtc));
        return Math.Max(0, to - from - (ExcludedBefore(to) - ExcludedBefore(from)));
    }

    /// <summary>How many rows a range has, of a range that is covered.</summary>
    public int Count(TimeRange range) => Math.Max(0, PositionOf(range.EndUtc) - PositionOf(range.StartUtc));

    /// <summary>The position of the first held row at or after an instant.</summary>
    public int PositionOf(DateTime instantUtc)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = rows[middle].TimeGenerated < instantUtc ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public ScannedRow this[int row] => rows[row];

    /// <summary>When the nth latest row of a range was generated.</summary>
    public Task<DateTime?> NthLatestAsync(TimeRange range, int n, CancellationToken cancellationToken) => index.NthLatestAsync(direction, country, range, n, cancellationToken);

    /// <summary>The rows of a range with all that a result shows.</summary>
    public Task<IReadOnlyList<VmConnection>> DetailsAsync(TimeRange range, CancellationToken cancellationToken) => index.RowsAsync(direction, country, range, withDetails: false, cancellationToken);

    /// <summary>Reads until every row of a range is held; rows before the range may be dropped.</summary>
    public async Task CoverAsync(TimeRange range, CancellationToken cancellationToken)
    {
        if (Covers(range))
        {
            return;
        }

        if (!triedWhole)
        {
            triedWhole = true;
            covered = new TimeRange(reach.StartUtc, reach.StartUtc);
            await ReadOnAsync(ReadAtOnce, cancellationToken);
            if (covered.EndUtc >= reach.EndUtc)
            {
                return;
            }
        }

        if (range.StartUtc >= covered.StartUtc && range.StartUtc <= covered.EndUtc)
        {
            var gone = PositionOf(range.StartUtc);
            rows.RemoveRange(0, gone);
            excludedBefore.RemoveRange(0, gone);
            covered = covered with { StartUtc = range.StartUtc };
        }
        else
        {
            rows.Clear();
            excludedBefore.Clear();
            covered = new TimeRange(range.StartUtc, range.StartUtc);
        }

        while (covered.EndUtc < range.EndUtc)
        {
            await ReadOnAsync(ReadAtOnce, cancellationToken);
        }
    }

    private async Task ReadOnAsync(int most, CancellationToken cancellationToken)
    {
        for (; ; most *= 4)
        {
            var read = await index.ScanAsync(direction, country, reach with { StartUtc = covered.EndUtc }, most, cancellationToken);
            if (read.Count < most)
            {
                Add(read);
                covered = covered with { EndUtc = reach.EndUtc };
                return;
            }

            // Rows of the last instant may be cut off: they are read again with the next. When all are of one instant, more have to be read at once.
            var last = read[^1].TimeGenerated;
            if (last > covered.EndUtc)
            {
                Add(read.TakeWhile(row => row.TimeGenerated < last));
                covered = covered with { EndUtc = last };
                return;
            }
        }
    }

    private int ExcludedBefore(int row) => row < excludedBefore.Count ? excludedBefore[row] : excluded;

    private void Add(IEnumerable<ScannedRow> read)
    {
        foreach (var row in read)
        {
            rows.Add(row);
            excludedBefore.Add(excluded);
            excluded += row.IsExcluded ? 1 : 0;
        }
    }
}
