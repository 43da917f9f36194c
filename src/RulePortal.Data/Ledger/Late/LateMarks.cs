using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Ledger.Late;

/// <summary>Marks windows whose rows came or went after they were evaluated; one statement, in the transaction that stores or withdraws.</summary>
/// <remarks>
/// A window that is running is marked whatever it reads: its end looks whether it saw the batch. Both write the window's row, so neither
/// can miss the other. Windows end after the batch's oldest row, so a live batch touches an index entry or two.
/// </remarks>
internal static class LateMarks
{
    /// <summary>Notes that a batch was stored: it concerns windows whose own rows it brings, not those that look back on them.</summary>
    public static Task StoredAsync(PortalDbContext db, long seq, DateTime oldestUtc, DateTime newestUtc, CancellationToken cancellationToken) =>
        Evaluated(db)
            .Where(w => w.EndUtc > oldestUtc && (w.Status == WindowStatus.Running || w.ReadFromUtc <= newestUtc))
            .ExecuteUpdateAsync(
                set => set.SetProperty(w => w.LateBatchSeq, seq)
                    .SetProperty(w => w.LateVerdict, LateVerdict.Pending)
                    .SetProperty(w => w.LateSentence, (string?)null)
                    .SetProperty(w => w.DispatchedUtc, (DateTime?)null),
                cancellationToken);

    /// <summary>Notes that a batch was withdrawn: with fewer rows to look back on, more looks new, so it concerns these windows too.</summary>
    public static Task WithdrawnAsync(PortalDbContext db, long seq, DateTime oldestUtc, DateTime newestUtc, CancellationToken cancellationToken) =>
        Evaluated(db)
            .Where(w => w.EndUtc > oldestUtc && (w.Status == WindowStatus.Running || (w.LookbackFromUtc <= newestUtc && w.SeenBatchSeq >= seq)))
            .ExecuteUpdateAsync(
                set => set.SetProperty(w => w.WithdrawnBatchSeq, seq)
                    .SetProperty(w => w.LateVerdict, LateVerdict.Pending)
                    .SetProperty(w => w.LateSentence, (string?)null)
                    .SetProperty(w => w.DispatchedUtc, (DateTime?)null),
                cancellationToken);

    /// <summary>Sets what an evaluation saw and takes the mark off unless something came or went that it did not see.</summary>
    /// <remarks>To be called when the window's row is already written in this transaction.</remarks>
    public static async Task SettleAsync(PortalDbContext db, WindowLease lease, EvaluatedWindow evaluation, CancellationToken cancellationToken)
    {
        var window = db.RuleWindows.Where(w => w.Id == lease.WindowId);
        var looked = evaluation.MaxBatchSeq is not null;
        var (from, seen) = (looked ? evaluation.Window.StartUtc : (DateTime?)null, evaluation.MaxBatchSeq);
        var lookback = looked ? evaluation.LookbackFromUtc ?? from : null;
        var mark = await window.AsNoTracking().Select(w => new { w.LateBatchSeq, w.WithdrawnBatchSeq }).SingleAsync(cancellationToken);
        var stands = looked && (mark.WithdrawnBatchSeq is not null
            || (mark.LateBatchSeq > seen && await db.ConnectionBatches.AnyAsync(b => b.Seq > seen && b.NewestUtc >= from && b.OldestUtc < lease.EndUtc, cancellationToken)));
        await window.ExecuteUpdateAsync(
            set => set.SetProperty(w => w.ReadFromUtc, from)
                .SetProperty(w => w.LookbackFromUtc, lookback)
                .SetProperty(w => w.SeenBatchSeq, seen)
                .SetProperty(w => w.LateVerdict, w => stands ? w.LateVerdict : null)
                .SetProperty(w => w.LateBatchSeq, w => stands ? w.LateBatchSeq : null)
                .SetProperty(w => w.WithdrawnBatchSeq, w => stands ? w.WithdrawnBatchSeq : null),
            cancellationToken);
    }

    private static IQueryable<RuleWindow> Evaluated(PortalDbContext db) =>
        db.RuleWindows.Where(w => w.Status == WindowStatus.Running || w.Status == WindowStatus.Succeeded || w.Status == WindowStatus.NoData);
}
