using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Auditing;

/// <summary>Removes entries past their retention from the beginning of the chain, behind a checkpoint from which verification goes on.</summary>
public sealed class AuditRetention(IDbContextFactory<PortalDbContext> contexts, AuditVerifier verifier, TimeProvider time)
{
    private const int AtOnce = 5000;

    /// <summary>Removes sealed entries up to the first that is younger than a retention. A chain that does not hold is left as it is: it is evidence.</summary>
    /// <param name="retention">How long entries are kept.</param>
    /// <param name="actor">Who removes them.</param>
    /// <param name="cancellationToken">Stops it; what the checkpoint covers goes the next time.</param>
    public async Task<AuditPruning> PruneAsync(TimeSpan retention, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var now = time.GetUtcNow().UtcDateTime;
        var until = now - retention;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var start = await db.AuditCheckpoints.MaxAsync(checkpoint => (long?)checkpoint.Position, cancellationToken) ?? 0;
        var end = await EndAsync(db, start, until, cancellationToken);
        if (end is null)
        {
            return new AuditPruning(await RemoveAsync(db, start, cancellationToken), null, null);
        }

        var last = end.Position!.Value;
        if ((await verifier.VerifyAsync(anchor: null, upTo: last, cancellationToken)).Fault is { } fault && fault.Position <= last)
        {
            return new AuditPruning(0, null, fault);
        }

        var checkpoint = new AuditCheckpoint { Position = last, Hash = end.Hash!, Count = last - start, UntilUtc = until, MadeUtc = now };
        db.AuditCheckpoints.Add(checkpoint);
        db.AuditEntries.Add(new AuditEntry(
            now,
            actor,
            AuditActions.AuditPrune,
            string.Create(CultureInfo.InvariantCulture, $"audit:{start + 1}-{last}"),
            before: null,
            AuditJson.Write(new { checkpoint.Position, hash = Convert.ToHexStringLower(checkpoint.Hash), checkpoint.Count, checkpoint.UntilUtc })));
        await db.SaveChangesAsync(cancellationToken);
        return new AuditPruning(await RemoveAsync(db, last, cancellationToken), checkpoint, null);
    }

    /// <summary>The last entry before the first that stays.</summary>
    private static async Task<AuditEntry?> EndAsync(PortalDbContext db, long start, DateTime until, CancellationToken cancellationToken)
    {
        var firstKept = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Position > start && entry.AtUtc >= until)
            .OrderBy(entry => entry.Position)
            .Select(entry => entry.Position)
            .FirstOrDefaultAsync(cancellationToken) ?? long.MaxValue;
        return await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Position > start && entry.Position < firstKept)
            .OrderByDescending(entry => entry.Position)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static async Task<long> RemoveAsync(PortalDbContext db, long last, CancellationToken cancellationToken)
    {
        long removed = 0;
        while (last > 0 && await db.AuditEntries.MinAsync(entry => entry.Position, cancellationToken) is { } first && first <= last)
        {
            var some = Math.Min(last, first + AtOnce - 1);
            removed += await db.AuditEntries.Where(entry => entry.Position <= some).ExecuteDeleteAsync(cancellationToken);
        }

        return removed;
    }
}

/// <summary>What retention did.</summary>
/// <param name="Removed">How many entries went.</param>
/// <param name="Checkpoint">The checkpoint written before them, or null when there was nothing to remove.</param>
/// <param name="Fault">Why nothing was removed although entries are past their retention, or null.</param>
public sealed record AuditPruning(long Removed, AuditCheckpoint? Checkpoint, AuditFault? Fault);
