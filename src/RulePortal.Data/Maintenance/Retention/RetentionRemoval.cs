using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Maintenance.Retention;

/// <summary>How each part goes.</summary>
internal static class RetentionRemoval
{
    /// <summary>Ids in one statement; SQL Server takes at most 2,100 parameters.</summary>
    private const int MostIds = 1_000;

    public static Task<long> OfAsync(RetentionRun run, RetentionPart part, DateTime keptFromUtc, CancellationToken cancellationToken) => part switch
    {
        RetentionPart.Connections => new ConnectionRemoval(keptFromUtc, cancellationToken).RunAsync(run),
        RetentionPart.Alerts => AlertsAsync(run, keptFromUtc, cancellationToken),
        RetentionPart.Runs => WindowsAsync(run, keptFromUtc, cancellationToken),
        RetentionPart.RejectedRows => RejectedAsync(run, keptFromUtc, cancellationToken),
        _ => SessionsAsync(run, keptFromUtc, cancellationToken),
    };

    /// <summary>Few at once: an alert may have ten thousand rows of evidence, which go with it.</summary>
    private static Task<long> AlertsAsync(RetentionRun run, DateTime keptFromUtc, CancellationToken cancellationToken) => run.RemoveAsync(
        RetentionPart.Alerts,
        new ChunkSize(10, MostIds),
        async (db, size) => SomeOrNull(await RetentionPreview.Alerts(db, keptFromUtc).OrderBy(alert => alert.Id).Select(alert => alert.Id).Take(size).ToListAsync(cancellationToken)),
        // Asked again in the transaction: one that was opened again meanwhile stays.
        (db, ids) => RetentionPreview.Alerts(db, keptFromUtc).Where(alert => ids.Contains(alert.Id)).ExecuteDeleteAsync(cancellationToken),
        cancellationToken);

    private static async Task<long> WindowsAsync(RetentionRun run, DateTime keptFromUtc, CancellationToken cancellationToken)
    {
        var removed = await run.RemoveAsync(
            RetentionPart.Runs,
            new ChunkSize(200, MostIds),
            async (db, size) => SomeOrNull(await RetentionPreview.Windows(db, keptFromUtc).OrderBy(window => window.EndUtc).Select(window => window.Id).Take(size).ToListAsync(cancellationToken)),
            async (db, ids) =>
            {
                var windows = RetentionPreview.Windows(db, keptFromUtc).Where(window => ids.Contains(window.Id));
                await db.RuleAttempts.Where(attempt => windows.Any(window => window.Id == attempt.WindowId)).ExecuteDeleteAsync(cancellationToken);
                return await windows.ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
        await run.AlsoAsync(db => db.RuleGaps.Where(gap => gap.EndUtc < keptFromUtc).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        return removed;
    }

    private static Task<long> RejectedAsync(RetentionRun run, DateTime keptFromUtc, CancellationToken cancellationToken) => run.RemoveAsync(
        RetentionPart.RejectedRows,
        new ChunkSize(500, MostIds),
        async (db, size) => SomeOrNull(await RetentionPreview.Rejected(db, keptFromUtc).OrderBy(row => row.Id).Select(row => row.Id).Take(size).ToListAsync(cancellationToken)),
        (db, ids) => db.RejectedRows.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken),
        cancellationToken);

    private static Task<long> SessionsAsync(RetentionRun run, DateTime keptFromUtc, CancellationToken cancellationToken) => run.RemoveAsync(
        RetentionPart.Sessions,
        new ChunkSize(500, MostIds),
        async (db, size) => SomeOrNull(await RetentionPreview.Sessions(db, keptFromUtc).OrderBy(session => session.EndsUtc).Select(session => session.Id).Take(size).ToListAsync(cancellationToken)),
        (db, ids) => db.Sessions.Where(session => ids.Contains(session.Id)).ExecuteDeleteAsync(cancellationToken),
        cancellationToken);

    private static List<T>? SomeOrNull<T>(List<T> ids) => ids.Count == 0 ? null : ids;
}
