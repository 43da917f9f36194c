using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Connections;

/// <summary>The stored connections as a detector asks them: one transaction, every question answered by seeks in an index.</summary>
public sealed partial class SqlConnectionHistory : IConnectionScan, IAsyncDisposable
{
    /// <summary>Most rows of one country that <see cref="RowsAsync"/> gives.</summary>
    public const int MostRows = 1_000_000;

    /// <summary>Most countries of one window.</summary>
    public const int MostCountries = 10_000;

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
            orderby country.RemoteCountryId
            select new
            {
                country.RemoteCountryId,
                Rows = _db.Connections
                    .Where(row =>
                        row.DirectionId == directionId && row.RemoteCountryId == country.RemoteCountryId
                        && row.TimeGenerated >= lookbackStart && row.TimeGenerated < lookbackEnd && row.Id < _endId)
                    .OrderBy(row => row.TimeGenerated)
                    .Take(most)
                    .Count(),
            }).Take(MostCountries + 1).ToListAsync(cancellationToken);
        if (found.Count > MostCountries)
        {
            throw new TooManyRowsException($"The window has connections with more than {Words.Number(MostCountries)} countries, which no telemetry has; withdraw the batch that brought them");
        }

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
            .OrderBy(row => row.TimeGenerated)
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
            .Take(MostRows + 1)
            .ToListAsync(cancellationToken);
        if (rows.Count > MostRows)
        {
            throw new TooManyRowsException($"The window has more than {Words.Number(MostRows)} connections with one country; shorten the rule's current window");
        }

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
        var counts = tuples.ToDictionary(tuple => tuple, _ => 0L);
        long start = range.StartUtc.Ticks;
        long end = range.EndUtc.Ticks;
        (IQueryable<ConnectionRow> rows, Dictionary<TupleIds, ConnectionTuple> asked) = await TuplesAsync(direction, tuples, cancellationToken);
        await foreach (var found in rows
            .Where(row => row.TimeGenerated >= start && row.TimeGenerated < end)
            .GroupBy(row => new { row.ProcessNameId, row.SourceIpId, row.DestinationIpId })
            .Select(tuple => new { tuple.Key.ProcessNameId, tuple.Key.SourceIpId, tuple.Key.DestinationIpId, Rows = tuple.LongCount() })
            .Streamed(cancellationToken))
        {
            if (asked.TryGetValue(new TupleIds(found.ProcessNameId, found.SourceIpId, found.DestinationIpId), out ConnectionTuple? tuple))
            {
                counts[tuple] = Math.Min(found.Rows, cap);
            }
        }

        return counts;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        var first = new Dictionary<ConnectionTuple, DateTime>(tuples.Count);
        long before = beforeUtc.Ticks;
        (IQueryable<ConnectionRow> rows, Dictionary<TupleIds, ConnectionTuple> asked) = await TuplesAsync(direction, tuples, cancellationToken);
        await foreach (var found in rows
            .Where(row => row.TimeGenerated < before)
            .GroupBy(row => new { row.ProcessNameId, row.SourceIpId, row.DestinationIpId })
            .Select(tuple => new { tuple.Key.ProcessNameId, tuple.Key.SourceIpId, tuple.Key.DestinationIpId, First = tuple.Min(row => row.TimeGenerated) })
            .Streamed(cancellationToken))
        {
            if (asked.TryGetValue(new TupleIds(found.ProcessNameId, found.SourceIpId, found.DestinationIpId), out ConnectionTuple? tuple))
            {
                first[tuple] = new DateTime(found.First, DateTimeKind.Utc);
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
        await (_nthLatest?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_scan?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _transaction.DisposeAsync();
        await _db.DisposeAsync();
    }

    /// <summary>The rows of the tuples' country, and the tuples by the ids they have there. Both are empty when no tuple was ever seen.</summary>
    private async Task<(IQueryable<ConnectionRow> Rows, Dictionary<TupleIds, ConnectionTuple> Asked)> TuplesAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<TupleIds, ConnectionTuple>(tuples.Count);
        foreach (ConnectionTuple tuple in tuples)
        {
            if (await _terms.IdAsync(tuple.ProcessName, cancellationToken) is { } processId
                && await _terms.IdAsync(tuple.SourceIp, cancellationToken) is { } sourceId
                && await _terms.IdAsync(tuple.DestinationIp, cancellationToken) is { } destinationId)
            {
                asked.Add(new TupleIds(processId, sourceId, destinationId), tuple);
            }
        }

        int? directionId = await _terms.IdAsync(direction, cancellationToken);
        int? countryId = tuples.Count is 0 ? null : await _terms.IdAsync(tuples.First().RemoteCountry, cancellationToken);
        long end = asked.Count is 0 || directionId is null || countryId is null ? 0 : _endId;
        return (_db.Connections.AsNoTracking().Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.Id < end), asked);
    }

    private readonly record struct TupleIds(int ProcessNameId, int SourceIpId, int DestinationIpId);
}
