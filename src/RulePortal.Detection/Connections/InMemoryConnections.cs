namespace RulePortal.Detection.Connections;

/// <summary>Connections held in memory.</summary>
/// <remarks>Rows are ordered once by direction, country and time, so each question is a binary search, as over the store's index.</remarks>
public sealed class InMemoryConnections : IConnections, ICountryIndex
{
    private static readonly VmConnection[] None = [];
    private readonly Dictionary<string, Dictionary<string, VmConnection[]>> rowsByCountry;
    private readonly VmConnection[] rowsByTime;
    private readonly Dictionary<ConnectionTuple, int> numbers = [];

    /// <summary>Takes the rows.</summary>
    /// <param name="rows">In any order; equal rows count as often as they appear.</param>
    /// <param name="maxBatchSeq">What <see cref="MaxBatchSeq"/> shall say.</param>
    public InMemoryConnections(IEnumerable<VmConnection> rows, long maxBatchSeq = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        MaxBatchSeq = maxBatchSeq;
        rowsByTime = [.. rows.OrderBy(row => row.TimeGenerated)];
        rowsByCountry = rowsByTime
            .Where(row => row.RemoteCountry.Length > 0)
            .GroupBy(row => row.Direction, StringComparer.Ordinal)
            .ToDictionary(
                direction => direction.Key,
                direction => direction.GroupBy(row => row.RemoteCountry, StringComparer.Ordinal).ToDictionary(country => country.Key, country => country.ToArray(), StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public long MaxBatchSeq { get; }

    /// <inheritdoc/>
    public ICountryIndex Countries => this;

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> RowsAsync(TimeRange window, CancellationToken cancellationToken) => BaselineAsync(window, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> BaselineAsync(TimeRange range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<VmConnection>>(Inside(rowsByTime, range));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> DirectionsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<string>>([.. rowsByTime.Select(row => row.Direction).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> BaselineAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken) =>
        RowsAsync(direction, country, range, withDetails: false, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CountryRows>> SeenInAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<CountryRows> countries = rowsByCountry.TryGetValue(direction, out var byCountry)
            ? [.. byCountry.Where(country => Inside(country.Value, window).Count > 0).Select(country => new CountryRows(country.Key, Math.Min(cap, Inside(country.Value, lookback).Count)))]
            : [];
        return Task.FromResult(countries);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> RowsAsync(string direction, string country, TimeRange range, bool withDetails, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<VmConnection>>(Inside(RowsOf(direction, country), range));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(string direction, IReadOnlyCollection<ConnectionTuple> tuples, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        cancellationToken.ThrowIfCancellationRequested();
        var counts = tuples.ToDictionary(tuple => tuple, _ => 0L);
        foreach (var tuple in Inside(RowsOf(direction, CountryOf(tuples)), range).Select(ConnectionTuple.Of))
        {
            if (counts.TryGetValue(tuple, out var count) && count < cap)
            {
                counts[tuple] = count + 1;
            }
        }

        return Task.FromResult<IReadOnlyDictionary<ConnectionTuple, long>>(counts);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        cancellationToken.ThrowIfCancellationRequested();
        var wanted = tuples.ToHashSet();
        var firstSeen = new Dictionary<ConnectionTuple, DateTime>();
        foreach (var row in Inside(RowsOf(direction, CountryOf(tuples)), new TimeRange(DateTime.MinValue, beforeUtc)))
        {
            var tuple = ConnectionTuple.Of(row);
            if (wanted.Contains(tuple))
            {
                firstSeen.TryAdd(tuple, row.TimeGenerated);
            }
        }

        return Task.FromResult<IReadOnlyDictionary<ConnectionTuple, DateTime>>(firstSeen);
    }

    /// <inheritdoc/>
    public Task<DateTime?> OldestAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<DateTime?>(rowsByTime.Length > 0 ? rowsByTime[0].TimeGenerated : null);
    }

    /// <inheritdoc/>
    public Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Inside(rowsByTime, range).Count > 0);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> AllAsync(string direction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<string>>(rowsByCountry.TryGetValue(direction, out var byCountry) ? [.. byCountry.Keys.Order(StringComparer.Ordinal)] : []);
    }

    /// <inheritdoc/>
    public Task<long> CountAsync(string direction, string country, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Math.Min(cap, Inside(RowsOf(direction, country), range).Count));
    }

    /// <inheritdoc/>
    public Task<DateTime?> NthLatestAsync(string direction, string country, TimeRange range, int n, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var inside = Inside(RowsOf(direction, country), range);
        return Task.FromResult<DateTime?>(inside.Count >= n ? inside[^n].TimeGenerated : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScannedRow>> ScanAsync(string direction, string country, TimeRange range, int most, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<ScannedRow>>([.. Inside(RowsOf(direction, country), range).Take(most).Select(row => new ScannedRow(row.TimeGenerated, NumberOf(row)))]);
    }

    /// <inheritdoc/>
    public Task<SeenRow?> LatestAsync(TimeRange range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var inside = Inside(rowsByTime, range);
        return Task.FromResult<SeenRow?>(inside.Count > 0 ? new SeenRow(inside[^1].TimeGenerated, inside[^1].Direction, inside[^1].RemoteCountry) : null);
    }

    private static string CountryOf(IReadOnlyCollection<ConnectionTuple> tuples) => tuples.FirstOrDefault()?.RemoteCountry ?? "";

    private static ArraySegment<VmConnection> Inside(VmConnection[] rows, TimeRange range)
    {
        var start = FirstAtOrAfter(rows, range.StartUtc);
        var end = FirstAtOrAfter(rows, range.EndUtc);
        return new ArraySegment<VmConnection>(rows, start, Math.Max(0, end - start));
    }

    private static int FirstAtOrAfter(VmConnection[] ordered, DateTime instant)
    {
        var (low, high) = (0, ordered.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = ordered[middle].TimeGenerated < instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int NumberOf(VmConnection row)
    {
        var tuple = ConnectionTuple.Of(row);
        if (!numbers.TryGetValue(tuple, out var number))
        {
            numbers.Add(tuple, number = numbers.Count);
        }

        return number;
    }

    private VmConnection[] RowsOf(string direction, string country) =>
        rowsByCountry.TryGetValue(direction, out var byCountry) && byCountry.TryGetValue(country, out var rows) ? rows : None;
}
