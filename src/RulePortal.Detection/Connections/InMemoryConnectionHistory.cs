namespace RulePortal.Detection.Connections;

/// <summary>A history over rows held in memory.</summary>
/// <remarks>Rows are ordered once by direction, country and time, so each question is a binary search, as over the store's index.</remarks>
public sealed class InMemoryConnectionHistory : IConnectionHistory
{
    private static readonly VmConnection[] None = [];
    private readonly Dictionary<string, Dictionary<string, VmConnection[]>> rowsByCountry;
    private readonly DateTime[] times;

    /// <summary>Takes the rows.</summary>
    /// <param name="rows">In any order; equal rows count as often as they appear.</param>
    /// <param name="maxBatchSeq">What <see cref="MaxBatchSeq"/> shall say.</param>
    public InMemoryConnectionHistory(IEnumerable<VmConnection> rows, long maxBatchSeq = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        MaxBatchSeq = maxBatchSeq;
        var ordered = rows.OrderBy(row => row.TimeGenerated).ToList();
        times = [.. ordered.Select(row => row.TimeGenerated)];
        rowsByCountry = ordered
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
    public Task<IReadOnlyList<CountryRows>> CountriesAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<CountryRows> countries = rowsByCountry.TryGetValue(direction, out var byCountry)
            ? [.. byCountry.Where(country => Inside(country.Value, window).Count > 0).Select(country => new CountryRows(country.Key, Math.Min(cap, Inside(country.Value, lookback).Count)))]
            : [];
        return Task.FromResult(countries);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> RowsAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken)
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
        return Task.FromResult<DateTime?>(times.Length > 0 ? times[0] : null);
    }

    /// <inheritdoc/>
    public Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var first = FirstAtOrAfter(times, static time => time, range.StartUtc);
        return Task.FromResult(first < times.Length && range.Contains(times[first]));
    }

    private static string CountryOf(IReadOnlyCollection<ConnectionTuple> tuples) => tuples.FirstOrDefault()?.RemoteCountry ?? "";

    private static ArraySegment<VmConnection> Inside(VmConnection[] rows, TimeRange range)
    {
        var start = FirstAtOrAfter(rows, static row => row.TimeGenerated, range.StartUtc);
        var end = FirstAtOrAfter(rows, static row => row.TimeGenerated, range.EndUtc);
        return new ArraySegment<VmConnection>(rows, start, Math.Max(0, end - start));
    }

    private static int FirstAtOrAfter<T>(T[] ordered, Func<T, DateTime> timeOf, DateTime instant)
    {
        var (low, high) = (0, ordered.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = timeOf(ordered[middle]) < instant ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private VmConnection[] RowsOf(string direction, string country) =>
        rowsByCountry.TryGetValue(direction, out var byCountry) && byCountry.TryGetValue(country, out var rows) ? rows : None;
}
