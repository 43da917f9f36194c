using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <content>What a simulation of many windows asks: walks along the index of countries, which holds all that it names.</content>
public sealed partial class ConnectionSnapshot
{
    private readonly Dictionary<TupleIds, int> tuples = [];
    private RepeatedQuery? nthLatest;
    private RepeatedQuery? scan;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> AllAsync(string direction, CancellationToken cancellationToken)
    {
        if (await terms.IdAsync(direction, cancellationToken) is not { } directionId)
        {
            return [];
        }

        var none = await terms.IdAsync("", cancellationToken);
        var ids = await db.ConnectionCountries.AsNoTracking()
            .Where(country => country.DirectionId == directionId && country.RemoteCountryId != none
                && db.Connections.Any(row => row.DirectionId == directionId && row.RemoteCountryId == country.RemoteCountryId && row.Id < endId))
            .Select(country => country.RemoteCountryId)
            .BoundedBy("one row a country")
            .ToListAsync(cancellationToken);
        await terms.LoadAsync(ids, cancellationToken);
        return [.. ids.Select(terms.Text).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DirectionsAsync(CancellationToken cancellationToken)
    {
        var ids = await db.ConnectionCountries.AsNoTracking()
            .Where(country => db.Connections.Any(row => row.DirectionId == country.DirectionId && row.RemoteCountryId == country.RemoteCountryId && row.Id < endId))
            .Select(country => country.DirectionId)
            .Distinct()
            .BoundedBy("one row a direction")
            .ToListAsync(cancellationToken);
        await terms.LoadAsync(ids, cancellationToken);
        return [.. ids.Select(terms.Text).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(string direction, string country, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        if (await terms.IdAsync(direction, cancellationToken) is not { } directionId || await terms.IdAsync(country, cancellationToken) is not { } countryId)
        {
            return 0;
        }

        var start = range.StartUtc.Ticks;
        var end = range.EndUtc.Ticks;
        var most = (int)Math.Min(cap, int.MaxValue);
        return await db.Connections
            .Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId)
            .OrderBy(row => row.TimeGenerated)
            .Take(most)
            .CountAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DateTime?> NthLatestAsync(string direction, string country, TimeRange range, int n, CancellationToken cancellationToken)
    {
        if (await terms.IdAsync(direction, cancellationToken) is not { } directionId || await terms.IdAsync(country, cancellationToken) is not { } countryId)
        {
            return null;
        }

        nthLatest ??= new RepeatedQuery(db, NthLatest(-1, -2, -3, -4, -5, -6));
        await using DbDataReader reader = await nthLatest.ReadAsync([directionId, countryId, range.StartUtc.Ticks, range.EndUtc.Ticks, endId, n - 1], cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new DateTime(reader.GetInt64(0), DateTimeKind.Utc) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScannedRow>> ScanAsync(string direction, string country, TimeRange range, int most, CancellationToken cancellationToken)
    {
        if (await terms.IdAsync(direction, cancellationToken) is not { } directionId || await terms.IdAsync(country, cancellationToken) is not { } countryId)
        {
            return [];
        }

        scan ??= new RepeatedQuery(db, Scan(-1, -2, -3, -4, -5, -6));
        var rows = new List<ScannedRow>();
        await using DbDataReader reader = await scan.ReadAsync([directionId, countryId, range.StartUtc.Ticks, range.EndUtc.Ticks, endId, most], cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ScannedRow(new DateTime(reader.GetInt64(0), DateTimeKind.Utc), NumberOf(new TupleIds(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3)))));
        }

        return rows;
    }

    /// <inheritdoc/>
    public async Task<SeenRow?> LatestAsync(TimeRange range, CancellationToken cancellationToken)
    {
        var start = range.StartUtc.Ticks;
        var end = range.EndUtc.Ticks;
        var latest = await db.ConnectionCountries.AsNoTracking()
            .Select(country => new
            {
                country.DirectionId,
                country.RemoteCountryId,
                Time = db.Connections
                    .Where(row => row.DirectionId == country.DirectionId && row.RemoteCountryId == country.RemoteCountryId
                        && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId)
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

        await terms.LoadAsync([latest.DirectionId, latest.RemoteCountryId], cancellationToken);
        return new SeenRow(new DateTime(ticks, DateTimeKind.Utc), terms.Text(latest.DirectionId), terms.Text(latest.RemoteCountryId));
    }

    private IQueryable<long> NthLatest(int directionId, int countryId, long start, long end, long endId, int skipped) => db.Connections
        .Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId)
        .OrderByDescending(row => row.TimeGenerated)
        .Select(row => row.TimeGenerated)
        .Skip(skipped)
        .Take(1);

    private IQueryable Scan(int directionId, int countryId, long start, long end, long endId, int most) => db.Connections
        .Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId)
        .OrderBy(row => row.TimeGenerated)
        .Take(most)
        .Select(row => new { row.TimeGenerated, row.ProcessNameId, row.SourceIpId, row.DestinationIpId });

    private int NumberOf(TupleIds tuple)
    {
        if (!tuples.TryGetValue(tuple, out var number))
        {
            tuples.Add(tuple, number = tuples.Count);
        }

        return number;
    }
}
