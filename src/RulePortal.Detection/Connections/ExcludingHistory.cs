namespace RulePortal.Detection.Connections;

/// <summary>A history of which some rows are not counted when a detector looks back. They are rows of their own window all the same.</summary>
/// <remarks>
/// What an attempt kept out is frozen with it: this over <c>the history up to its batch</c> is what that attempt saw. A lookback is asked in the pieces
/// between the spans that are kept out, each with the same cap, so the cost grows with the spans of the countries in the window and not with the rows.
/// What is not a count - the rows of a window, when a tuple was first seen, whether there is a row at all - is answered as if nothing were kept out.
/// </remarks>
public sealed class ExcludingHistory : IConnectionScan
{
    private readonly IConnectionScan inner;
    private readonly Dictionary<string, List<BaselineExclusion>> byCountry;
    private readonly Dictionary<BaselineExclusion, (string Direction, TimeRange Asked)> used = [];

    /// <summary>Takes spans out of a history.</summary>
    /// <param name="inner">The whole history.</param>
    /// <param name="exclusions">What is not counted; spans may overlap.</param>
    public ExcludingHistory(IConnectionScan inner, IEnumerable<BaselineExclusion> exclusions)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(exclusions);
        this.inner = inner;
        byCountry = exclusions
            .Where(exclusion => exclusion.Range.EndUtc > exclusion.Range.StartUtc)
            .GroupBy(exclusion => exclusion.Country, StringComparer.Ordinal)
            .ToDictionary(country => country.Key, country => country.OrderBy(exclusion => exclusion.Range.StartUtc).ThenBy(exclusion => exclusion.AlertId).ToList(), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public long MaxBatchSeq => inner.MaxBatchSeq;

    /// <summary>What was kept out of the counts asked for so far.</summary>
    /// <returns>By country and time, without spans that have no row; with it a later evaluation of the same rows counts the same.</returns>
    public async Task<IReadOnlyList<KeptOutRows>> KeptOutAsync(CancellationToken cancellationToken)
    {
        var kept = new List<KeptOutRows>();
        foreach (var (exclusion, (direction, asked)) in used.OrderBy(one => one.Key.Country, StringComparer.Ordinal).ThenBy(one => one.Key.Range.StartUtc).ThenBy(one => one.Key.AlertId))
        {
            if (await inner.CountAsync(direction, exclusion.Country, Within(exclusion.Range, asked), KeptOutRows.MostCounted, cancellationToken) is > 0 and var rows)
            {
                kept.Add(new KeptOutRows(exclusion, (int)rows));
            }
        }

        return kept;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CountryRows>> CountriesAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken)
    {
        var countries = await inner.CountriesAsync(direction, window, lookback, cap, cancellationToken);
        var counted = new List<CountryRows>(countries.Count);
        foreach (var country in countries)
        {
            counted.Add(Touches(direction, country.Country, lookback) ? country with { Rows = await CountAsync(direction, country.Country, lookback, cap, cancellationToken) } : country);
        }

        return counted;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> RowsAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken) => inner.RowsAsync(direction, country, range, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(string direction, IReadOnlyCollection<ConnectionTuple> tuples, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        if (tuples.FirstOrDefault() is not { RemoteCountry: var country } || !Touches(direction, country, range))
        {
            return await inner.TupleRowsAsync(direction, tuples, range, cap, cancellationToken);
        }

        var counts = tuples.ToDictionary(tuple => tuple, _ => 0L);
        foreach (var piece in Pieces(country, range))
        {
            foreach (var (tuple, rows) in await inner.TupleRowsAsync(direction, tuples, piece, cap, cancellationToken))
            {
                counts[tuple] = Math.Min(cap, counts[tuple] + rows);
            }
        }

        return counts;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken) =>
        inner.FirstSeenAsync(direction, tuples, beforeUtc, cancellationToken);

    /// <inheritdoc/>
    public Task<DateTime?> OldestAsync(CancellationToken cancellationToken) => inner.OldestAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken) => inner.AnyAsync(range, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SeenCountriesAsync(string direction, CancellationToken cancellationToken) => inner.SeenCountriesAsync(direction, cancellationToken);

    /// <inheritdoc/>
    public async Task<long> CountAsync(string direction, string country, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        if (!Touches(direction, country, range))
        {
            return await inner.CountAsync(direction, country, range, cap, cancellationToken);
        }

        var rows = 0L;
        foreach (var piece in Pieces(country, range))
        {
            rows += await inner.CountAsync(direction, country, piece, cap - rows, cancellationToken);
            if (rows >= cap)
            {
                break;
            }
        }

        return rows;
    }

    /// <inheritdoc/>
    public async Task<DateTime?> NthLatestAsync(string direction, string country, TimeRange range, int n, CancellationToken cancellationToken)
    {
        if (!Touches(direction, country, range))
        {
            return await inner.NthLatestAsync(direction, country, range, n, cancellationToken);
        }

        foreach (var piece in Pieces(country, range).Reverse())
        {
            if (await inner.NthLatestAsync(direction, country, piece, n, cancellationToken) is { } found)
            {
                return found;
            }

            n -= (int)await inner.CountAsync(direction, country, piece, n, cancellationToken);
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScannedRow>> ScanAsync(string direction, string country, TimeRange range, int most, CancellationToken cancellationToken)
    {
        var rows = await inner.ScanAsync(direction, country, range, most, cancellationToken);
        return byCountry.TryGetValue(country, out var exclusions)
            ? [.. rows.Select(row => exclusions.Exists(exclusion => exclusion.Range.Contains(row.TimeGenerated)) ? row with { IsKeptOut = true } : row)]
            : rows;
    }

    /// <inheritdoc/>
    public Task<SeenRow?> LatestAsync(TimeRange range, CancellationToken cancellationToken) => inner.LatestAsync(range, cancellationToken);

    private static TimeRange Within(TimeRange range, TimeRange asked) =>
        new(range.StartUtc > asked.StartUtc ? range.StartUtc : asked.StartUtc, range.EndUtc < asked.EndUtc ? range.EndUtc : asked.EndUtc);

    /// <summary>Whether something of the range is kept out; remembers that it was asked for.</summary>
    private bool Touches(string direction, string country, TimeRange range)
    {
        if (!byCountry.TryGetValue(country, out var exclusions))
        {
            return false;
        }

        var touched = false;
        foreach (var exclusion in exclusions.Where(exclusion => exclusion.Range.StartUtc < range.EndUtc && exclusion.Range.EndUtc > range.StartUtc))
        {
            touched = true;
            var before = used.TryGetValue(exclusion, out var asked) ? asked.Asked : range;
            used[exclusion] = (direction, new TimeRange(before.StartUtc < range.StartUtc ? before.StartUtc : range.StartUtc, before.EndUtc > range.EndUtc ? before.EndUtc : range.EndUtc));
        }

        return touched;
    }

    /// <summary>What is left of a range, oldest first.</summary>
    private IEnumerable<TimeRange> Pieces(string country, TimeRange range)
    {
        var from = range.StartUtc;
        foreach (var exclusion in byCountry[country].TakeWhile(exclusion => exclusion.Range.StartUtc < range.EndUtc))
        {
            if (exclusion.Range.StartUtc > from)
            {
                yield return new TimeRange(from, exclusion.Range.StartUtc);
            }

            from = exclusion.Range.EndUtc > from ? exclusion.Range.EndUtc : from;
        }

        if (from < range.EndUtc)
        {
            yield return new TimeRange(from, range.EndUtc);
        }
    }
}
