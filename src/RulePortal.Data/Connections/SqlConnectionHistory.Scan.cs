using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <content>What a simulation of many windows asks: walks along the index of countries, which holds all that it names.</content>
public sealed partial class SqlConnectionHistory
{
    private readonly Dictionary<TupleIds, int> _tuples = [];
    private RepeatedQuery? _nthLatest;
    private RepeatedQuery? _scan;

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> SeenCountriesAsync(string direction, CancellationToken cancellationToken)
    {
        if (await _terms.IdAsync(direction, cancellationToken) is not { } directionId)
        {
            return [];
        }

        int? none = await _terms.IdAsync("", cancellationToken);
        List<int> ids = await _db.ConnectionCountries.AsNoTracking()
            .Where(country => country.DirectionId == directionId && country.RemoteCountryId != none
                && _db.Connections.Any(row => row.DirectionId == directionId && row.RemoteCountryId == country.RemoteCountryId && row.Id < _endId))
            .Select(country => country.RemoteCountryId)
            .BoundedBy("one row a country")
            .ToListAsync(cancellationToken);
        await _terms.LoadAsync(ids, cancellationToken);
        return [.. ids.Select(_terms.Text).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(string direction, string country, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        if (await _terms.IdAsync(direction, cancellationToken) is not { } directionId || await _terms.IdAsync(country, cancellationToken) is not { } countryId)
        {
            return 0;
        }

        long start = range.StartUtc.Ticks;
        long end = range.EndUtc.Ticks;
        int most = (int)Math.Min(cap, int.MaxValue);
        return await _db.Connections
            .Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < _endId)
            .OrderBy(row => row.TimeGenerated)
            .Take(most)
            .CountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<DateTime?> NthLatestAsync(string direction, string country, TimeRange range, int n, CancellationToken cancellationToken)
    {
        if (await _terms.IdAsync(direction, cancellationToken) is not { } directionId || await _terms.IdAsync(country, cancellationToken) is not { } countryId)
        {
            return null;
        }

        _nthLatest ??= new RepeatedQuery(_db, NthLatest(-1, -2, -3, -4, -5, -6));
        await using DbDataReader reader = await _nthLatest.ReadAsync([directionId, countryId, range.StartUtc.Ticks, range.EndUtc.Ticks, _endId, n - 1], cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new DateTime(reader.GetInt64(0), DateTimeKind.Utc) : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ScannedRow>> ScanAsync(string direction, string country, TimeRange range, int most, CancellationToken cancellationToken)
    {
        if (await _terms.IdAsync(direction, cancellationToken) is not { } directionId || await _terms.IdAsync(country, cancellationToken) is not { } countryId)
        {
            return [];
        }

        _scan ??= new RepeatedQuery(_db, Scan(-1, -2, -3, -4, -5, -6));
        var rows = new List<ScannedRow>();
        await using DbDataReader reader = await _scan.ReadAsync([directionId, countryId, range.StartUtc.Ticks, range.EndUtc.Ticks, _endId, most], cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ScannedRow(new DateTime(reader.GetInt64(0), DateTimeKind.Utc), NumberOf(new TupleIds(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3)))));
        }

        return rows;
    }

    /// <inheritdoc />
    public async Task<SeenRow?> LatestAsync(TimeRange range, CancellationToken cancellationToken)
    {
        long start = range.StartUtc.Ticks;
        long end = range.EndUtc.Ticks;
        var latest = await _db.ConnectionCountries.AsNoTracking()
            .Select(country => new
            {
                country.DirectionId,
                country.RemoteCountryId,
                Time = _db.Connections
                    .Where(row => row.DirectionId == country.DirectionId && row.RemoteCountryId == country.RemoteCountryId
                        && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < _endId)
                    .OrderByDescending(row => row.TimeGenerated)
                    .Select(row => (long?)row.TimeGenerated)
                    .FirstOrDefault(),
            })
            .Where(country => country.Time != null)
            .OrderByDescending(country => country.Time)
            .FirstOrDefaultAsync(cancellationToken);
        if (latest?.Time is not { } ticks)
        {
            return null;
        }

        await _terms.LoadAsync([latest.DirectionId, latest.RemoteCountryId], cancellationToken);
        return new SeenRow(new DateTime(ticks, DateTimeKind.Utc), _terms.Text(latest.DirectionId), _terms.Text(latest.RemoteCountryId));
    }

    private IQueryable<long> NthLatest(int directionId, int countryId, long start, long end, long endId, int skipped) => _db.Connections
        .Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId)
        .OrderByDescending(row => row.TimeGenerated)
        .Select(row => row.TimeGenerated)
        .Skip(skipped)
        .Take(1);

    private IQueryable Scan(int directionId, int countryId, long start, long end, long endId, int most) => _db.Connections
        .Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId)
        .OrderBy(row => row.TimeGenerated)
        .Take(most)
        .Select(row => new { row.TimeGenerated, row.ProcessNameId, row.SourceIpId, row.DestinationIpId });

    private int NumberOf(TupleIds tuple)
    {
        if (!_tuples.TryGetValue(tuple, out int number))
        {
            _tuples.Add(tuple, number = _tuples.Count);
        }

        return number;
    }
}
