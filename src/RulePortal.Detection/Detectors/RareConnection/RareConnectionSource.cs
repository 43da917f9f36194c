using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>The connections as one of the rules looks at them: its direction or directions, its tuples.</summary>
internal sealed class RareConnectionSource(RareConnectionForm form, IReadOnlyList<string> directions, IConnections connections)
{
    private readonly ICountryIndex index = connections.Countries;

    public RareConnectionForm Form => form;

    public static async Task<RareConnectionSource> OpenAsync(RareConnectionForm form, string direction, IConnections connections, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> directions = form.IgnoresCase
            ? [.. (await connections.Countries.DirectionsAsync(cancellationToken)).Where(each => string.Equals(each, direction, StringComparison.OrdinalIgnoreCase))]
            : [direction];
        return new RareConnectionSource(form, directions, connections);
    }

    /// <summary>The countries of the window, each with its rows in the lookback, counted to the cap.</summary>
    public async Task<IReadOnlyList<CountryRows>> CountriesAsync(TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken)
    {
        if (directions is [var direction])
        {
            return await index.SeenInAsync(direction, window, lookback, cap, cancellationToken);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var each in directions)
        {
            names.UnionWith((await index.SeenInAsync(each, window, lookback, 1, cancellationToken)).Select(country => country.Country));
        }

        var countries = new List<CountryRows>(names.Count);
        foreach (var name in names)
        {
            countries.Add(new CountryRows(name, await CountAsync(name, lookback, cap, cancellationToken)));
        }

        return countries;
    }

    /// <summary>How many rows of a country count in a range, counted to the cap.</summary>
    public async Task<long> CountAsync(string country, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        var rows = 0L;
        foreach (var direction in directions)
        {
            rows += rows < cap ? await index.CountAsync(direction, country, range, cap - rows, cancellationToken) : 0;
        }

        return rows;
    }

    /// <summary>When a country's nth latest row that counts in a range was generated, or null when the range has fewer.</summary>
    public async Task<DateTime?> NthLatestAsync(string country, TimeRange range, int n, CancellationToken cancellationToken)
    {
        if (directions is [var only])
        {
            return await index.NthLatestAsync(only, country, range, n, cancellationToken);
        }

        var from = range.StartUtc;
        foreach (var direction in directions)
        {
            from = await index.NthLatestAsync(direction, country, range, n, cancellationToken) is { } nth && nth > from ? nth : from;
        }

        // One direction alone has n rows from there on, so the nth of all is there too; or none has, and there are few.
        var rows = await ScanAsync(country, range with { StartUtc = from }, int.MaxValue, cancellationToken);
        return rows.Where(row => !row.IsExcluded).Reverse().Skip(n - 1).Select(row => (DateTime?)row.TimeGenerated).FirstOrDefault();
    }

    /// <summary>The first rows of a country in a range, oldest first. Tuples have no numbers of meaning across directions.</summary>
    public async Task<IReadOnlyList<ScannedRow>> ScanAsync(string country, TimeRange range, int most, CancellationToken cancellationToken)
    {
        if (directions is [var only])
        {
            return await index.ScanAsync(only, country, range, most, cancellationToken);
        }

        var rows = new List<ScannedRow>();
        foreach (var direction in directions)
        {
            rows.AddRange(await index.ScanAsync(direction, country, range, most, cancellationToken));
        }

        return [.. rows.OrderBy(row => row.TimeGenerated).Take(most)];
    }

    public async Task<IReadOnlyList<VmConnection>> RowsAsync(string country, TimeRange range, CancellationToken cancellationToken)
    {
        var rows = new List<VmConnection>();
        foreach (var direction in directions)
        {
            rows.AddRange(await index.RowsAsync(direction, country, range, form.GroupsByIndicator, cancellationToken));
        }

        return rows;
    }

    /// <summary>For each left row of one country: how often its tuple was seen in the lookback, counted to the cap.</summary>
    public async Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(
        string country, IReadOnlyCollection<ConnectionTuple> lefts, TimeRange lookback, long cap, CancellationToken cancellationToken)
    {
        if (!form.IsByBlock)
        {
            return await index.TupleRowsAsync(directions[0], lefts, lookback, cap, cancellationToken);
        }

        // An index knows no blocks of addresses. The rows are those of a rare country, so there are few.
        var counts = new Dictionary<ConnectionTuple, long>();
        foreach (var direction in lefts.Count == 0 ? [] : directions)
        {
            foreach (var row in await index.BaselineAsync(direction, country, lookback, cancellationToken))
            {
                var tuple = form.TupleOf(form.LeftOf(row));
                counts[tuple] = Math.Min(cap, counts.GetValueOrDefault(tuple) + 1);
            }
        }

        return lefts.ToDictionary(left => left, left => counts.GetValueOrDefault(form.TupleOf(left)));
    }

    /// <summary>When each tuple was first seen; nothing is known of blocks of addresses.</summary>
    public async Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(
        IReadOnlyCollection<ConnectionTuple> lefts, DateTime beforeUtc, CancellationToken cancellationToken) => form.IsByBlock
            ? new Dictionary<ConnectionTuple, DateTime>()
            : await index.FirstSeenAsync(directions[0], lefts, beforeUtc, cancellationToken);

    public Task<DateTime?> OldestAsync(CancellationToken cancellationToken) => connections.OldestAsync(cancellationToken);
}
