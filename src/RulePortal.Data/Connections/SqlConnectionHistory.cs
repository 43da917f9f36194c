using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <summary>The stored connections as a detector asks them: one transaction, every question answered by seeks in an index.</summary>
public sealed class SqlConnectionHistory : IConnectionHistory, IAsyncDisposable
{
    private readonly PortalDbContext _db;
    private readonly IDbContextTransaction _transaction;
    private readonly TermReader _terms;
    private readonly long _endId;

    internal SqlConnectionHistory(PortalDbContext db, IDbContextTransaction transaction, TermCache terms, long maxBatchSeq)
    {
        _db = db;
        _transaction = transaction;
        _terms = new TermReader(db, terms);
        _endId = ConnectionRowId.EndOf(maxBatchSeq);
        MaxBatchSeq = maxBatchSeq;
    }

    /// <inheritdoc />
    public long MaxBatchSeq { get; }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CountryRows>> CountriesAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken)
    {
        if (await _terms.IdAsync(direction, cancellationToken) is not { } directionId)
        {
            return [];
        }

        int? none = await _terms.IdAsync("", cancellationToken);
        long windowStart = window.StartUtc.Ticks;
        long windowEnd = window.EndUtc.Ticks;
        long lookbackStart = lookback.StartUtc.Ticks;
        long lookbackEnd = lookback.EndUtc.Ticks;
        int most = (int)Math.Min(cap, int.MaxValue);
        var found = await (
            from country in _db.ConnectionCountries.AsNoTracking()
            where country.DirectionId == directionId && country.RemoteCountryId != none
            where _db.Connections.Any(row =>
                row.DirectionId == directionId && row.RemoteCountryId == country.RemoteCountryId
                && row.TimeGenerated >= windowStart && row.TimeGenerated < windowEnd && row.Id < _endId)
            select new
            {
                country.RemoteCountryId,
                Rows = _db.Connections
                    .Where(row =>
                        row.DirectionId == directionId && row.RemoteCountryId == country.RemoteCountryId
                        && row.TimeGenerated >= lookbackStart && row.TimeGenerated < lookbackEnd && row.Id < _endId)
                    .Take(most)
                    .Count(),
            }).ToListAsync(cancellationToken);
        await _terms.LoadAsync(found.Select(country => country.RemoteCountryId), cancellationToken);
        return found.ConvertAll(country => new CountryRows(_terms.Text(country.RemoteCountryId), country.Rows));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<VmConnection>> RowsAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken)
    {
        if (await _terms.IdAsync(direction, cancellationToken) is not { } directionId || await _terms.IdAsync(country, cancellationToken) is not { } countryId)
        {
            return [];
        }

        long start = range.StartUtc.Ticks;
        long end = range.EndUtc.Ticks;
        List<ConnectionRow> rows = await _db.Connections.AsNoTracking()
            .Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < _endId)
            .Select(row => new ConnectionRow
            {
                Id = row.Id,
                TimeGenerated = row.TimeGenerated,
                ComputerId = row.ComputerId,
                ProcessNameId = row.ProcessNameId,
                SourceIpId = row.SourceIpId,
                DestinationIpId = row.DestinationIpId,
                DestinationPort = row.DestinationPort,
                ProtocolId = row.ProtocolId,
                RemoteIpId = row.RemoteIpId,
                MaliciousIpId = row.MaliciousIpId,
                BytesSent = row.BytesSent,
                BytesReceived = row.BytesReceived,
                LinksEstablished = row.LinksEstablished,
            })
            .ToListAsync(cancellationToken);
        await _terms.LoadAsync(rows.SelectMany(row => new[] { row.ComputerId, row.ProcessNameId, row.SourceIpId, row.DestinationIpId, row.ProtocolId, row.RemoteIpId, row.MaliciousIpId }), cancellationToken);
        return rows.ConvertAll(row => new VmConnection
        {
            TimeGenerated = new DateTime(row.TimeGenerated, DateTimeKind.Utc),
            Computer = _terms.Text(row.ComputerId),
            Direction = direction,
            ProcessName = _terms.Text(row.ProcessNameId),
            SourceIp = _terms.Text(row.SourceIpId),
            DestinationIp = _terms.Text(row.DestinationIpId),
            DestinationPort = row.DestinationPort,
            Protocol = _terms.Text(row.ProtocolId),
            RemoteIp = _terms.Text(row.RemoteIpId),
            RemoteCountry = country,
            MaliciousIp = _terms.Text(row.MaliciousIpId),
            BytesSent = row.BytesSent,
            BytesReceived = row.BytesReceived,
            LinksEstablished = row.LinksEstablished,
        });
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        int most = (int)Math.Min(cap, int.MaxValue);
        long start = range.StartUtc.Ticks;
        long end = range.EndUtc.Ticks;
        var counts = new Dictionary<ConnectionTuple, long>(tuples.Count);
        foreach (ConnectionTuple tuple in tuples)
        {
            counts[tuple] = await RowsOfAsync(direction, tuple, cancellationToken) is { } rows
                ? await rows.Where(row => row.TimeGenerated >= start && row.TimeGenerated < end).Take(most).CountAsync(cancellationToken)
                : 0;
        }

        return counts;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        long before = beforeUtc.Ticks;
        var first = new Dictionary<ConnectionTuple, DateTime>(tuples.Count);
        foreach (ConnectionTuple tuple in tuples)
        {
            if (await RowsOfAsync(direction, tuple, cancellationToken) is { } rows
                && await rows.Where(row => row.TimeGenerated < before).OrderBy(row => row.TimeGenerated).Select(row => (long?)row.TimeGenerated).FirstOrDefaultAsync(cancellationToken) is { } ticks)
            {
                first[tuple] = new DateTime(ticks, DateTimeKind.Utc);
            }
        }

        return first;
    }

    /// <inheritdoc />
    public async Task<DateTime?> OldestAsync(CancellationToken cancellationToken)
    {
        long? ticks = await _db.ConnectionCountries.AsNoTracking()
            .Select(country => _db.Connections
                .Where(row => row.DirectionId == country.DirectionId && row.RemoteCountryId == country.RemoteCountryId && row.Id < _endId)
                .OrderBy(row => row.TimeGenerated)
                .Select(row => (long?)row.TimeGenerated)
                .FirstOrDefault())
            .MinAsync(cancellationToken);
        return ticks is { } oldest ? new DateTime(oldest, DateTimeKind.Utc) : null;
    }

    /// <inheritdoc />
    public Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken)
    {
        long start = range.StartUtc.Ticks;
        long end = range.EndUtc.Ticks;
        return _db.ConnectionCountries.AnyAsync(
            country => _db.Connections.Any(row =>
                row.DirectionId == country.DirectionId && row.RemoteCountryId == country.RemoteCountryId
                && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < _endId),
            cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _db.DisposeAsync();
    }

    private async Task<IQueryable<ConnectionRow>?> RowsOfAsync(string direction, ConnectionTuple tuple, CancellationToken cancellationToken)
    {
        if (await _terms.IdAsync(direction, cancellationToken) is not { } directionId
            || await _terms.IdAsync(tuple.RemoteCountry, cancellationToken) is not { } countryId
            || await _terms.IdAsync(tuple.ProcessName, cancellationToken) is not { } processId
            || await _terms.IdAsync(tuple.SourceIp, cancellationToken) is not { } sourceId
            || await _terms.IdAsync(tuple.DestinationIp, cancellationToken) is not { } destinationId)
        {
            return null;
        }

        return _db.Connections.AsNoTracking().Where(row =>
            row.DirectionId == directionId && row.RemoteCountryId == countryId && row.ProcessNameId == processId
            && row.SourceIpId == sourceId && row.DestinationIpId == destinationId && row.Id < _endId);
    }
}
