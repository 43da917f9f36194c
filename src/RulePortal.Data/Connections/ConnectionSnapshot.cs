using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Connections;

/// <summary>The stored connections as they are at one instant, for detectors to ask: one transaction, every question answered by seeks in an index.</summary>
public sealed partial class ConnectionSnapshot : IConnections, ICountryIndex, IAsyncDisposable
{
    /// <summary>Most rows of one answer.</summary>
    public const int MostRows = 1_000_000;

    /// <summary>Most countries of one window.</summary>
    public const int MostCountries = 10_000;

    private readonly PortalDbContext db;
    private readonly IDbContextTransaction transaction;
    private readonly TermReader terms;
    private readonly long endId;

    internal ConnectionSnapshot(PortalDbContext db, IDbContextTransaction transaction, TermCache terms, long maxBatchSeq)
    {
        (this.db, this.transaction) = (db, transaction);
        this.terms = new TermReader(db, terms);
        endId = ConnectionRowId.EndOf(maxBatchSeq);
        MaxBatchSeq = maxBatchSeq;
    }

    /// <inheritdoc/>
    public long MaxBatchSeq { get; }

    /// <inheritdoc/>
    public ICountryIndex Countries => this;

    /// <summary>The context of the read, for what has to be read at the same instant.</summary>
    internal PortalDbContext Db => db;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CountryRows>> SeenInAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken)
    {
        if (await terms.IdAsync(direction, cancellationToken) is not { } directionId)
        {
            return [];
        }

        var none = await terms.IdAsync("", cancellationToken);
        var windowStart = window.StartUtc.Ticks;
        var windowEnd = window.EndUtc.Ticks;
        var lookbackStart = lookback.StartUtc.Ticks;
        var lookbackEnd = lookback.EndUtc.Ticks;
        var most = (int)Math.Min(cap, int.MaxValue);
        var found = await (
            from country in db.ConnectionCountries.AsNoTracking()
            where country.DirectionId == directionId && country.RemoteCountryId != none
            where db.Connections.Any(row =>
                row.DirectionId == directionId && row.RemoteCountryId == country.RemoteCountryId
                && row.TimeGenerated >= windowStart && row.TimeGenerated < windowEnd && row.Id < endId)
            orderby country.RemoteCountryId
            select new
            {
                country.RemoteCountryId,
                Rows = db.Connections
                    .Where(row =>
                        row.DirectionId == directionId && row.RemoteCountryId == country.RemoteCountryId
                        && row.TimeGenerated >= lookbackStart && row.TimeGenerated < lookbackEnd && row.Id < endId)
                    .OrderBy(row => row.TimeGenerated)
                    .Take(most)
                    .Count(),
            }).Take(MostCountries + 1).ToListAsync(cancellationToken);
        if (found.Count > MostCountries)
        {
            throw new TooManyRowsException($"The window has connections with more than {Words.Number(MostCountries)} countries, which no telemetry has; withdraw the batch that brought them");
        }

        await terms.LoadAsync(found.Select(country => country.RemoteCountryId), cancellationToken);
        return found.ConvertAll(country => new CountryRows(terms.Text(country.RemoteCountryId), country.Rows));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> RowsAsync(TimeRange window, CancellationToken cancellationToken) => BaselineAsync(window, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VmConnection>> BaselineAsync(TimeRange range, CancellationToken cancellationToken)
    {
        var (start, end) = (range.StartUtc.Ticks, range.EndUtc.Ticks);
        var rows = await (
            from country in db.ConnectionCountries.AsNoTracking()
            from row in db.Connections
            where row.DirectionId == country.DirectionId && row.RemoteCountryId == country.RemoteCountryId
                && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId
            orderby row.TimeGenerated, row.Id
            select row).Select(WithoutDetails).Take(MostRows + 1).ToListAsync(cancellationToken);
        return rows.Count <= MostRows
            ? await ReadAsync(rows, withDetails: false, cancellationToken)
            : throw new TooManyRowsException($"The span has more than {Words.Number(MostRows)} connections; shorten the rule's current window or its lookback");
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VmConnection>> BaselineAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken) =>
        RowsAsync(direction, country, range, withDetails: false, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VmConnection>> RowsAsync(
        string direction, string country, TimeRange range, bool withDetails, CancellationToken cancellationToken)
    {
        if (await terms.IdAsync(direction, cancellationToken) is not { } directionId || await terms.IdAsync(country, cancellationToken) is not { } countryId)
        {
            return [];
        }

        var (start, end) = (range.StartUtc.Ticks, range.EndUtc.Ticks);
        var found = db.Connections.AsNoTracking()
            .Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId)
            .OrderBy(row => row.TimeGenerated);
        var rows = await (withDetails ? found : found.Select(WithoutDetails)).Take(MostRows + 1).ToListAsync(cancellationToken);
        return rows.Count <= MostRows
            ? await ReadAsync(rows, withDetails, cancellationToken)
            : throw new TooManyRowsException($"The window has more than {Words.Number(MostRows)} connections with one country; shorten the rule's current window");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, TimeRange range, long cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        var counts = tuples.ToDictionary(tuple => tuple, _ => 0L);
        var start = range.StartUtc.Ticks;
        var end = range.EndUtc.Ticks;
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

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tuples);
        var first = new Dictionary<ConnectionTuple, DateTime>(tuples.Count);
        var before = beforeUtc.Ticks;
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

    /// <inheritdoc/>
    public async Task<DateTime?> OldestAsync(CancellationToken cancellationToken)
    {
        var ticks = await db.ConnectionCountries.AsNoTracking()
            .Select(country => db.Connections
                .Where(row => row.DirectionId == country.DirectionId && row.RemoteCountryId == country.RemoteCountryId && row.Id < endId)
                .OrderBy(row => row.TimeGenerated)
                .Select(row => (long?)row.TimeGenerated)
                .FirstOrDefault())
            .MinAsync(cancellationToken);
        return ticks is { } oldest ? new DateTime(oldest, DateTimeKind.Utc) : null;
    }

    /// <inheritdoc/>
    public Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken)
    {
        var start = range.StartUtc.Ticks;
        var end = range.EndUtc.Ticks;
        return db.ConnectionCountries.AnyAsync(
            country => db.Connections.Any(row =>
                row.DirectionId == country.DirectionId && row.RemoteCountryId == country.RemoteCountryId
                && row.TimeGenerated >= start && row.TimeGenerated < end && row.Id < endId),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (nthLatest?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (scan?.DisposeAsync() ?? ValueTask.CompletedTask);
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }

    private async Task<IReadOnlyList<VmConnection>> ReadAsync(List<ConnectionRow> rows, bool withDetails, CancellationToken cancellationToken)
    {
        await terms.LoadAsync(
            rows.SelectMany(row => new[]
            {
                row.ComputerId, row.DirectionId, row.ProcessNameId, row.SourceIpId, row.DestinationIpId, row.ProtocolId, row.RemoteIpId, row.RemoteCountryId, row.MaliciousIpId,
            }),
            cancellationToken);
        return rows.ConvertAll(row => new VmConnection
        {
            TimeGenerated = new DateTime(row.TimeGenerated, DateTimeKind.Utc),
            Computer = terms.Text(row.ComputerId),
            Direction = terms.Text(row.DirectionId),
            ProcessName = terms.Text(row.ProcessNameId),
            SourceIp = terms.Text(row.SourceIpId),
            DestinationIp = terms.Text(row.DestinationIpId),
            DestinationPort = row.DestinationPort,
            Protocol = terms.Text(row.ProtocolId),
            RemoteIp = terms.Text(row.RemoteIpId),
            RemoteCountry = terms.Text(row.RemoteCountryId),
            MaliciousIp = terms.Text(row.MaliciousIpId),
            BytesSent = row.BytesSent,
            BytesReceived = row.BytesReceived,
            LinksEstablished = row.LinksEstablished,
            Details = withDetails ? row.Details : null,
        });
    }

    /// <summary>The rows of the tuples' country, and the tuples by the ids they have there. Both are empty when no tuple was ever seen.</summary>
    private async Task<(IQueryable<ConnectionRow> Rows, Dictionary<TupleIds, ConnectionTuple> Asked)> TuplesAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<TupleIds, ConnectionTuple>(tuples.Count);
        foreach (ConnectionTuple tuple in tuples)
        {
            if (await terms.IdAsync(tuple.ProcessName, cancellationToken) is { } processId
                && await terms.IdAsync(tuple.SourceIp, cancellationToken) is { } sourceId
                && await terms.IdAsync(tuple.DestinationIp, cancellationToken) is { } destinationId)
            {
                asked.Add(new TupleIds(processId, sourceId, destinationId), tuple);
            }
        }

        var directionId = await terms.IdAsync(direction, cancellationToken);
        var countryId = tuples.Count == 0 ? null : await terms.IdAsync(tuples.First().RemoteCountry, cancellationToken);
        var end = asked.Count == 0 || directionId is null || countryId is null ? 0 : endId;
        return (db.Connections.AsNoTracking().Where(row => row.DirectionId == directionId && row.RemoteCountryId == countryId && row.Id < end), asked);
    }

    private static readonly Expression<Func<ConnectionRow, ConnectionRow>> WithoutDetails = row => new ConnectionRow
    {
        Id = row.Id,
        TimeGenerated = row.TimeGenerated,
        ComputerId = row.ComputerId,
        DirectionId = row.DirectionId,
        ProcessNameId = row.ProcessNameId,
        SourceIpId = row.SourceIpId,
        DestinationIpId = row.DestinationIpId,
        DestinationPort = row.DestinationPort,
        ProtocolId = row.ProtocolId,
        RemoteIpId = row.RemoteIpId,
        RemoteCountryId = row.RemoteCountryId,
        MaliciousIpId = row.MaliciousIpId,
        BytesSent = row.BytesSent,
        BytesReceived = row.BytesReceived,
        LinksEstablished = row.LinksEstablished,
    };

    private readonly record struct TupleIds(int ProcessNameId, int SourceIpId, int DestinationIpId);
}
