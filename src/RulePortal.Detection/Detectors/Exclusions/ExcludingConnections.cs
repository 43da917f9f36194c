using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.Exclusions;

/// <summary>Connections of which some rows are not counted when a detector looks back. They are rows of their own window all the same.</summary>
/// <remarks>
/// What an attempt excluded is frozen with it: this over <c>the connections up to its batch</c> is what that attempt saw. A country's lookback is asked in
/// the pieces between the excluded spans, each with the same cap, so the cost grows with the spans of the countries in the window and not with the rows.
/// What is not a count - the rows of a window, when a tuple was first seen, whether there is a row at all - is answered as if nothing were excluded.
/// </remarks>
public sealed class ExcludingConnections : IConnections, ICountryIndex
{
    private readonly IConnections inner;
    private readonly ICountryIndex countries;
    private readonly List<BaselineExclusion> exclusions;
    private readonly Dictionary<string, List<BaselineExclusion>> byCountry;
    private readonly Dictionary<(BaselineExclusion Exclusion, string Direction), TimeRange> used = [];
    private readonly Dictionary<BaselineExclusion, int> left = [];

    /// <summary>Excludes spans from connections.</summary>
    /// <param name="inner">All connections.</param>
    /// <param name="exclusions">What is not counted; spans may overlap.</param>
    public ExcludingConnections(IConnections inner, IEnumerable<BaselineExclusion> exclusions)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(exclusions);
        (this.inner, countries) = (inner, inner.Countries);
        this.exclusions = [.. exclusions.Where(exclusion => !exclusion.Subject.IsNone && exclusion.Range.EndUtc > exclusion.Range.StartUtc)];
        byCountry = this.exclusions
            .Where(exclusion => exclusion.Subject.Values is [{ Key: nameof(VmConnection.RemoteCountry) }])
            .GroupBy(exclusion => exclusion.Subject.Values[0].Value, StringComparer.Ordinal)
            .ToDictionary(
                country => country.Key,
                country => country.OrderBy(exclusion => exclusion.Range.StartUtc).ThenBy(exclusion => exclusion.AlertId).ToList(),
                StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public long MaxBatchSeq => inner.MaxBatchSeq;

    /// <inheritdoc/>
    public ICountryIndex Countries => this;

    /// <summary>What was excluded from the counts asked for so far.</summary>
    /// <returns>By subject and time, without spans that have no row; with it a later evaluation of the same rows counts the same.</returns>
    public async Task<IReadOnlyList<ExcludedRows>> ExcludedAsync(CancellationToken cancellationToken)
    {
        var excluded = left.Where(each => each.Value > 0).ToDictionary(each => each.Key, each => each.Value);
        foreach (var byExclusion in used.GroupBy(each => each.Key.Exclusion))
        {
            var (exclusion, rows) = (byExclusion.Key, 0L);
            foreach (var ((_, direction), asked) in byExclusion)
            {
                var range = Within(exclusion.Range, asked);
                rows += await countries.CountAsync(direction, CountryOf(exclusion), range, ExcludedRows.MostCounted, cancellationToken);
            }

            if (rows > excluded.GetValueOrDefault(exclusion))
            {
                excluded[exclusion] = (int)Math.Min(ExcludedRows.MostCounted, rows);
            }
        }

        return
        [
            .. excluded.OrderBy(each => each.Key.Subject.Key, StringComparer.Ordinal).ThenBy(each => each.Key.Range.StartUtc).ThenBy(each => each.Key.AlertId)
                .Select(each => new ExcludedRows(each.Key, each.Value)),
        ];
    }

    /// <inheritdoc/>
    public Task<DateTime?> OldestAsync(CancellationToken cancellationToken) => inner.OldestAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken) => inner.AnyAsync(range, cancellationToken);

    /// <inheritdoc/>
    public Task<SeenRow?> LatestAsync(TimeRange range, CancellationToken cancellationToken) => inner.LatestAsync(range, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> RowsAsync(TimeRange window, CancellationToken cancellationToken) => inner.RowsAsync(window, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VmConnection>> BaselineAsync(TimeRange range, CancellationToken cancellationToken)
    {
        var rows = await inner.BaselineAsync(range, cancellationToken);
        var counts = new Dictionary<BaselineExclusion, int>();
        List<VmConnection> counted = [.. rows.Where(row => !IsExcluded(row, counts))];
        foreach (var (exclusion, count) in counts)
        {
            left[exclusion] = Math.Min(ExcludedRows.MostCounted, Math.Max(left.GetValueOrDefault(exclusion), count));
        }

        return counted;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> DirectionsAsync(CancellationToken cancellationToken) => countries.DirectionsAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CountryRows>> SeenInAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken)
    {
        var seen = await countries.SeenInAsync(direction, window, lookback, cap, cancellationToken);
        var counted = new List<CountryRows>(seen.Count);
        foreach (var country in seen)
        {
            counted.Add(Touches(direction, country.Country, lookback)
                ? country with { Rows = await CountAsync(direction, country.Country, lookback, cap, cancellationToken) }
                : country);
        }

        return counted;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> RowsAsync(string direction, string country, TimeRange range, bool withDetails, CancellationToken cancellationToken) =>
        countries.RowsAsync(direction, country, range, withDetails, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VmConnection>> BaselineAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken)
    {
        var rows = await countries.BaselineAsync(direction, country, range, cancellationToken);
        return Touches(direction, country, range)
            ? [.. rows.Where(row => !byCountry[country].Exists(exclusion => exclusion.Range.Contains(row.TimeGenerated)))]
            : rows;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        if (tuples.FirstOrDefault() is not { RemoteCountry: var country } || !Touches(direction, country, range))
        {
            return await countries.TupleRowsAsync(direction, tuples, range, cap, cancellationToken);
        }

        var counts = tuples.ToDictionary(tuple => tuple, _ => 0L);
        foreach (var piece in Pieces(country, range))
        {
            foreach (var (tuple, rows) in await countries.TupleRowsAsync(direction, tuples, piece, cap, cancellationToken))
            {
                counts[tuple] = Math.Min(cap, counts[tuple] + rows);
            }
        }

        return counts;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken) =>
        countries.FirstSeenAsync(direction, tuples, beforeUtc, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> AllAsync(string direction, CancellationToken cancellationToken) => countries.AllAsync(direction, cancellationToken);

    /// <inheritdoc/>
    public async Task<long> CountAsync(string direction, string country, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        if (!Touches(direction, country, range))
        {
            return await countries.CountAsync(direction, country, range, cap, cancellationToken);
        }

        var rows = 0L;
        foreach (var piece in Pieces(country, range))
        {
            rows += await countries.CountAsync(direction, country, piece, cap - rows, cancellationToken);
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
            return await countries.NthLatestAsync(direction, country, range, n, cancellationToken);
        }

        foreach (var piece in Pieces(country, range).Reverse())
        {
            if (await countries.NthLatestAsync(direction, country, piece, n, cancellationToken) is { } found)
            {
                return found;
            }

            n -= (int)await countries.CountAsync(direction, country, piece, n, cancellationToken);
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScannedRow>> ScanAsync(string direction, string country, TimeRange range, int most, CancellationToken cancellationToken)
    {
        var rows = await countries.ScanAsync(direction, country, range, most, cancellationToken);
        return byCountry.TryGetValue(country, out var spans)
            ? [.. rows.Select(row => spans.Exists(exclusion => exclusion.Range.Contains(row.TimeGenerated)) ? row with { IsExcluded = true } : row)]
            : rows;
    }

    private static string CountryOf(BaselineExclusion exclusion) => exclusion.Subject.Values[0].Value;

    private static TimeRange Within(TimeRange range, TimeRange asked) =>
        new(range.StartUtc > asked.StartUtc ? range.StartUtc : asked.StartUtc, range.EndUtc < asked.EndUtc ? range.EndUtc : asked.EndUtc);

    private bool IsExcluded(VmConnection row, Dictionary<BaselineExclusion, int> counts)
    {
        var isExcluded = false;
        foreach (var exclusion in exclusions.Where(each => each.Range.Contains(row.TimeGenerated) && each.Subject.Values.All(value => row[value.Key] == value.Value)))
        {
            counts[exclusion] = counts.GetValueOrDefault(exclusion) + 1;
            isExcluded = true;
        }

        return isExcluded;
    }

    /// <summary>Whether something of the range is excluded; remembers that it was asked for.</summary>
    private bool Touches(string direction, string country, TimeRange range)
    {
        if (!byCountry.TryGetValue(country, out var spans))
        {
            return false;
        }

        var touched = false;
        foreach (var exclusion in spans.Where(exclusion => exclusion.Range.StartUtc < range.EndUtc && exclusion.Range.EndUtc > range.StartUtc))
        {
            touched = true;
            var before = used.GetValueOrDefault((exclusion, direction), range);
            used[(exclusion, direction)] = new TimeRange(
                before.StartUtc < range.StartUtc ? before.StartUtc : range.StartUtc,
                before.EndUtc > range.EndUtc ? before.EndUtc : range.EndUtc);
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
