using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <summary>Reads how much of the telemetry is there and how fresh it is.</summary>
public sealed class VolumeQueries(IDbContextFactory<PortalDbContext> contexts, SourceExpectation expectation, TimeProvider clock)
{
    /// <summary>The hours of a range that have rows, oldest first.</summary>
    public async Task<IReadOnlyList<ConnectionHour>> HoursAsync(TimeRange range, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ConnectionHours.AsNoTracking()
            .Where(hour => hour.HourUtc >= range.StartUtc && hour.HourUtc < range.EndUtc)
            .OrderBy(hour => hour.HourUtc)
            .BoundedBy("one row an hour of the range")
            .ToListAsync(cancellationToken);
    }

    /// <summary>A page of the reporting machines, the longest silent first.</summary>
    public async Task<SourcePage> SourcesAsync(int skip, int take, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        int total = await db.ConnectionSources.CountAsync(cancellationToken);
        DateTime? newest = await db.ConnectionSources.MaxAsync(source => (DateTime?)source.LastUtc, cancellationToken);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        var items = await db.ConnectionSources.AsNoTracking()
            .OrderBy(source => source.LastUtc)
            .ThenBy(source => source.ComputerId)
            .Skip(skip)
            .Take(take)
            .Join(db.ConnectionTerms, source => source.ComputerId, term => term.Id, (source, term) => new { term.Text, Source = source })
            .ToListAsync(cancellationToken);
        return new SourcePage([.. items.OrderBy(item => item.Source.LastUtc).ThenBy(item => item.Source.ComputerId).Select(item => Freshness(item.Text, item.Source))], total, newest);

        SourceFreshness Freshness(string computer, ConnectionSource source)
        {
            TimeSpan? expected = expectation.Of(source.ExpectedSeconds);
            return new(computer, source.FirstUtc, source.LastUtc, source.Rows, expected, source.ExpectedSeconds is not null, source.LastUtc + expected < now);
        }
    }
}
