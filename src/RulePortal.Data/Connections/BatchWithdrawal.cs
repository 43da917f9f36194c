using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Data.Ledger.Late;

namespace RulePortal.Data.Connections;

/// <summary>Takes the rows of a batch out again. The batch stays in the list, its key is free, and the audit trail says who did it.</summary>
public sealed class BatchWithdrawal(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, TimeProvider time)
{
    private const int KeysAtOnce = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Withdraws a batch, in one transaction.</summary>
    public async Task<WithdrawalResult> WithdrawAsync(long seq, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(Patience);
        return await Task.Run(
            () => db.Database.CreateExecutionStrategy().ExecuteAsync(cancellation => WithdrawAsync(db, seq, actor, cancellation), cancellationToken),
            cancellationToken);
    }

    private async Task<WithdrawalResult> WithdrawAsync(PortalDbContext db, long seq, Actor actor, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await dialect.BeginBatchAsync(db, cancellationToken);
        var batch = await db.ConnectionBatches.SingleOrDefaultAsync(e => e.Seq == seq, cancellationToken);
        if (batch is null)
        {
            return new WithdrawalResult(WithdrawalOutcome.NotFound, null);
        }

        if (batch.WithdrawnUtc is not null)
        {
            return new WithdrawalResult(WithdrawalOutcome.AlreadyWithdrawn, batch);
        }

        var first = ConnectionRowId.FirstOf(seq);
        var end = ConnectionRowId.EndOf(seq);
        var rows = db.Connections.Where(row => row.Id >= first && row.Id < end);
        var hours = await rows.GroupBy(row => row.TimeGenerated / TimeSpan.TicksPerHour).Select(hour => new { hour.Key, Rows = hour.Count() }).BoundedBy("hours of one batch").ToDictionaryAsync(hour => hour.Key, hour => hour.Rows, cancellationToken);
        var sources = await rows.GroupBy(row => row.ComputerId).Select(source => new { source.Key, Rows = source.Count() }).BoundedBy("sources of one batch").ToDictionaryAsync(source => source.Key, source => source.Rows, cancellationToken);
        await rows.ExecuteDeleteAsync(cancellationToken);
        await db.RejectedRows.Where(row => row.BatchSeq == seq).ExecuteDeleteAsync(cancellationToken);
        await SubtractHoursAsync(db, hours, cancellationToken);
        await SubtractSourcesAsync(db, sources, batch, cancellationToken);
        var before = BatchAudit.State(batch);
        batch.WithdrawnUtc = time.GetUtcNow().UtcDateTime;
        batch.WithdrawnBy = actor.Name;
        db.AuditEntries.Add(new AuditEntry(batch.WithdrawnUtc.Value, actor, AuditActions.BatchWithdraw, BatchAudit.Subject(seq), before, BatchAudit.State(batch)));
        await db.SaveChangesAsync(cancellationToken);
        if (batch is { OldestUtc: { } oldest, NewestUtc: { } newest })
        {
            await LateMarks.WithdrawnAsync(db, seq, oldest, newest, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new WithdrawalResult(WithdrawalOutcome.Withdrawn, batch);
    }

    internal static async Task SubtractHoursAsync(PortalDbContext db, Dictionary<long, int> hours, CancellationToken cancellationToken)
    {
        foreach (var some in hours.Keys.Select(hour => new DateTime(hour * TimeSpan.TicksPerHour, DateTimeKind.Utc)).Chunk(KeysAtOnce))
        {
            foreach (var hour in await db.ConnectionHours.Where(hour => some.Contains(hour.HourUtc)).BoundedBy("hours of one batch").ToListAsync(cancellationToken))
            {
                hour.Rows -= hours.GetValueOrDefault(hour.HourUtc.Ticks / TimeSpan.TicksPerHour);
                if (hour.Rows <= 0)
                {
                    db.ConnectionHours.Remove(hour);
                }
            }
        }
    }

    private static async Task SubtractSourcesAsync(PortalDbContext db, Dictionary<int, int> sources, ConnectionBatch batch, CancellationToken cancellationToken)
    {
        foreach (var some in sources.Keys.Chunk(KeysAtOnce))
        {
            var edges = new List<ConnectionSource>();
            foreach (var source in await db.ConnectionSources.Where(source => some.Contains(source.ComputerId)).BoundedBy("sources of one batch").ToListAsync(cancellationToken))
            {
                source.Rows -= sources[source.ComputerId];
                if (source.Rows <= 0)
                {
                    db.ConnectionSources.Remove(source);
                }
                else if (source.FirstUtc >= batch.OldestUtc || source.LastUtc <= batch.NewestUtc)
                {
                    edges.Add(source);
                }
            }

            await FindEdgesAsync(db, edges, cancellationToken);
        }
    }

    /// <summary>Finds the oldest and newest row that are left of machines whose edge may have gone. No index begins with the machine: this reads the table.</summary>
    private static async Task FindEdgesAsync(PortalDbContext db, List<ConnectionSource> sources, CancellationToken cancellationToken)
    {
        if (sources.Count == 0)
        {
            return;
        }

        var ids = sources.ConvertAll(source => source.ComputerId);
        var edges = await db.Connections
            .Where(row => ids.Contains(row.ComputerId))
            .GroupBy(row => row.ComputerId)
            .Select(source => new { source.Key, First = source.Min(row => row.TimeGenerated), Last = source.Max(row => row.TimeGenerated) })
            .BoundedBy("sources of one batch")
            .ToDictionaryAsync(source => source.Key, cancellationToken);
        foreach (var source in sources)
        {
            source.FirstUtc = new DateTime(edges[source.ComputerId].First, DateTimeKind.Utc);
            source.LastUtc = new DateTime(edges[source.ComputerId].Last, DateTimeKind.Utc);
        }
    }
}

/// <summary>What became of a wish to withdraw a batch.</summary>
public enum WithdrawalOutcome
{
    /// <summary>Its rows are gone now.</summary>
    Withdrawn = 0,

    /// <summary>They had been withdrawn before; nothing changed.</summary>
    AlreadyWithdrawn = 1,

    /// <summary>There is no such batch.</summary>
    NotFound = 2,
}

/// <summary>What became of a wish to withdraw a batch.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Batch">The batch as it is now; null when there is none.</param>
public sealed record WithdrawalResult(WithdrawalOutcome Outcome, ConnectionBatch? Batch);
