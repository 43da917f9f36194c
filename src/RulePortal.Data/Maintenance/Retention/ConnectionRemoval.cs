using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;

namespace RulePortal.Data.Maintenance.Retention;

/// <summary>Connections go batch by batch, along the key: a batch counts what went of it, and the counts kept beside the rows go down with them.</summary>
internal sealed class ConnectionRemoval(DateTime keptFromUtc, CancellationToken cancellationToken)
{
    private const int SourcesAtOnce = 500;

    private readonly long before = keptFromUtc.Ticks;

    private long? seq;
    private long from;

    public Task<long> RunAsync(RetentionRun run) => run.RemoveAsync(RetentionPart.Connections, new ChunkSize(2_000, 20_000), FindAsync, RemoveAsync, cancellationToken);

    private async Task<Span?> FindAsync(PortalDbContext db, int size)
    {
        while (true)
        {
            if (seq is { } batch)
            {
                var end = ConnectionRowId.EndOf(batch);
                var ids = await db.Connections.Where(row => row.Id >= from && row.Id < end && row.TimeGenerated < before).OrderBy(row => row.Id).Select(row => row.Id).Take(size).ToListAsync(cancellationToken);
                if (ids.Count > 0)
                {
                    from = ids[^1] + 1;
                    return new Span(batch, ids[0], ids[^1]);
                }
            }

            var past = seq ?? 0;
            seq = await db.ConnectionBatches
                .Where(each => each.Seq > past && each.WithdrawnUtc == null && each.OldestUtc < keptFromUtc && each.RemovedRows < each.RowCount)
                .OrderBy(each => each.Seq)
                .Select(each => (long?)each.Seq)
                .FirstOrDefaultAsync(cancellationToken);
            if (seq is null || seq <= past)
            {
                return null;
            }

            from = ConnectionRowId.FirstOf(seq.Value);
        }
    }

    private async Task<int> RemoveAsync(PortalDbContext db, Span span)
    {
        var rows = db.Connections.Where(row => row.Id >= span.First && row.Id <= span.Last && row.TimeGenerated < before);
        var hours = await rows.GroupBy(row => row.TimeGenerated / TimeSpan.TicksPerHour).Select(hour => new { hour.Key, Rows = hour.Count() }).BoundedBy("hours of one chunk").ToDictionaryAsync(hour => hour.Key, hour => hour.Rows, cancellationToken);
        var sources = await rows.GroupBy(row => row.ComputerId).Select(source => new { source.Key, Rows = source.Count() }).BoundedBy("sources of one chunk").ToDictionaryAsync(source => source.Key, source => source.Rows, cancellationToken);
        var removed = await rows.ExecuteDeleteAsync(cancellationToken);
        if (removed == 0)
        {
            // The batch was withdrawn meanwhile.
            return 0;
        }

        await BatchWithdrawal.SubtractHoursAsync(db, hours, cancellationToken);
        await SubtractSourcesAsync(db, sources);
        var batch = await db.ConnectionBatches.SingleAsync(each => each.Seq == span.Batch, cancellationToken);
        batch.RemovedRows += removed;
        await db.SaveChangesAsync(cancellationToken);
        return removed;
    }

    /// <summary>A machine keeps when it was first seen; one that nothing is left of goes, unless somebody said what is expected of it.</summary>
    private async Task SubtractSourcesAsync(PortalDbContext db, Dictionary<int, int> sources)
    {
        foreach (var some in sources.Keys.Chunk(SourcesAtOnce))
        {
            foreach (var source in await db.ConnectionSources.Where(source => some.Contains(source.ComputerId)).BoundedBy("sources of one chunk").ToListAsync(cancellationToken))
            {
                source.Rows -= sources.GetValueOrDefault(source.ComputerId);
                if (source.Rows <= 0 && source.ExpectedSeconds is null)
                {
                    db.ConnectionSources.Remove(source);
                }
            }
        }
    }

    private sealed record Span(long Batch, long First, long Last);
}
