using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <summary>Reads how much of the telemetry is there and how fresh it is.</summary>
public sealed class VolumeQueries(IDbContextFactory<PortalDbContext> contexts, SourceExpectation expectation, TimeProvider clock)
{
    /// <summary>The hours of a range that have rows, oldest first.</summary>
    public async Task<IReadOnlyList<ConnectionHour>> HoursAsync(TimeRange range, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ConnectionHours.AsNoTracking()
            .Where(hour => hour.HourUtc >= range.StartUtc && hour.HourUtc < range.EndUtc)
            .OrderBy(hour => hour.HourUtc)
            .BoundedBy("one row an hour of the range")
            .ToListAsync(cancellationToken);
    }

    /// <summary>A page of the reporting machines, the longest silent first.</summary>
    public async Task<SourcePage> SourcesAsync(int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var total = await db.ConnectionSources.CountAsync(cancellationToken);
        var newest = await db.ConnectionSources.MaxAsync(source => (DateTime?)source.LastUtc, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
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
            var expected = expectation.Of(source.ExpectedSeconds);
            return new(computer, source.FirstUtc, source.LastUtc, source.Rows, expected, source.ExpectedSeconds is not null, source.LastUtc + expected < now);
        }
    }
}

/// <summary>Some of the machines.</summary>
/// <param name="Items">The longest silent first.</param>
/// <param name="Total">How many there are.</param>
/// <param name="NewestUtc">TimeGenerated of the newest row of any machine, or null when there is none. UTC.</param>
public sealed record SourcePage(IReadOnlyList<SourceFreshness> Items, int Total, DateTime? NewestUtc);

/// <summary>What one machine has reported.</summary>
/// <param name="Computer">Its name, as the telemetry spells it.</param>
/// <param name="FirstUtc">TimeGenerated of its oldest row. UTC.</param>
/// <param name="LastUtc">TimeGenerated of its newest row. UTC.</param>
/// <param name="Rows">Rows stored.</param>
/// <param name="Expected">Longest time between two rows that is ordinary for it, or null when it is not expected to report.</param>
/// <param name="IsOwn">Whether that was set for this machine.</param>
/// <param name="IsSilent">Whether its last row is longer ago.</param>
public sealed record SourceFreshness(string Computer, DateTime FirstUtc, DateTime LastUtc, long Rows, TimeSpan? Expected, bool IsOwn, bool IsSilent);
