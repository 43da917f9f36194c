using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;

namespace RulePortal.Data.Maintenance.Retention;

/// <summary>One part's removal, chunk by chunk: each a short transaction with a pause behind it in which others write.</summary>
internal sealed class RetentionRun(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, TimeProvider time)
{
    // SQLite has a waiting writer look again every 100 ms, so a pause of twice that lets each of them in.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest that a transaction of this run was open.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Sets the mark before anything goes, so that whoever reads in the middle knows what to expect.</summary>
    public Task MarkAsync(RetentionPart part, DateTime keptFromUtc, CancellationToken cancellationToken) => contexts.InTransactionAsync(async db =>
    {
        var mark = await FindMarkAsync(db, part, cancellationToken);
        if (mark is null)
        {
            db.RetentionMarks.Add(new RetentionMark { Part = part.ToString(), KeptFromUtc = keptFromUtc });
        }
        else if (mark.KeptFromUtc < keptFromUtc)
        {
            mark.KeptFromUtc = keptFromUtc;
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>Notes that a part is done.</summary>
    public Task DoneAsync(RetentionPart part, CancellationToken cancellationToken) => contexts.InTransactionAsync(async db =>
    {
        (await FindMarkAsync(db, part, cancellationToken))!.DoneUtc = time.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>Removes chunks until there is nothing left.</summary>
    /// <param name="part">Of what.</param>
    /// <param name="size">How many rows at once.</param>
    /// <param name="find">Finds up to a number of rows that go, without holding anybody up; null when there is none.</param>
    /// <param name="remove">Removes them within a transaction, less what must stay by now, and says how many went.</param>
    /// <param name="cancellationToken">Stops between chunks; what went is gone, and counted.</param>
    public async Task<long> RemoveAsync<T>(
        RetentionPart part, ChunkSize size, Func<PortalDbContext, int, Task<T?>> find, Func<PortalDbContext, T, Task<int>> remove, CancellationToken cancellationToken)
        where T : class
    {
        long removed = 0;
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await find(db, size.Rows) is not { } found)
            {
                return removed;
            }

            var (rows, took) = await db.Database.CreateExecutionStrategy().ExecuteAsync(() => ChunkAsync(db, part, context => remove(context, found), cancellationToken));
            removed += rows;
            Longest = took > Longest ? took : Longest;
            size.Took(took);
            // Real time: it is other writers that are waited for.
            await Task.Delay(took > Pause ? took : Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Removes something small that hangs on what went.</summary>
    public async Task AlsoAsync(Func<PortalDbContext, Task<int>> remove, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await remove(db);
    }

    private async Task<(int Rows, TimeSpan Took)> ChunkAsync(PortalDbContext db, RetentionPart part, Func<PortalDbContext, Task<int>> remove, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        // Only what happens under the writer's lock counts; waiting for it does not.
        await using var transaction = await dialect.BeginBatchAsync(db, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var rows = await remove(db);
        if (rows > 0 && await FindMarkAsync(db, part, cancellationToken) is { } mark)
        {
            mark.RemovedRows += rows;
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return (rows, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<RetentionMark?> FindMarkAsync(PortalDbContext db, RetentionPart part, CancellationToken cancellationToken)
    {
        var name = part.ToString();
        return await db.RetentionMarks.SingleOrDefaultAsync(mark => mark.Part == name, cancellationToken);
    }
}

/// <summary>How many rows one transaction removes: as many as fit into a sixth of a second, so that whoever else writes hardly waits, and no second even when the disk or the processor is suddenly six times as slow.</summary>
internal sealed class ChunkSize(int first, int most)
{
    public static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(160);

    public int Rows { get; private set; } = first;

    /// <summary>Learns from a chunk. Growth is gentle, shrinking is at once: a disk that turns slow must not hold writers for long.</summary>
    public void Took(TimeSpan time)
    {
        var factor = Math.Clamp(Aim / TimeSpan.FromTicks(Math.Max(time.Ticks, 1)), 0.1, 1.5);
        Rows = (int)Math.Clamp(Math.Ceiling(Rows * factor), 1, most);
    }
}
