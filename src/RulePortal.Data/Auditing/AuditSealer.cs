using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Auditing;

/// <summary>Extends the hash chain by what was written since it last ran.</summary>
/// <remarks>
/// Positions are given here, in the order of sealing: ids are given before a transaction commits, so an entry may appear below one that is sealed already, and
/// nothing waits for gaps. The head is moved by compare-and-set, so of several nodes one wins and the others find nothing left to do.
/// </remarks>
public sealed class AuditSealer(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int AtOnce = 500;

    /// <summary>Seals every entry that is committed and not sealed, oldest first.</summary>
    /// <returns>How many this call sealed.</returns>
    /// <exception cref="InvalidOperationException">The head of the chain is missing: somebody removed it.</exception>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (await AnythingAsync(cancellationToken))
        {
            var count = await SealSomeAsync(cancellationToken);
            total += count;
            if (count < AtOnce)
            {
                break;
            }
        }

        return total;
    }

    // A look first: a transaction that may write waits for whoever writes on SQLite.
    private async Task<bool> AnythingAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AuditEntries.AnyAsync(entry => entry.Position == null, cancellationToken);
    }

    private async Task<int> SealSomeAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        var won = await contexts.InTransactionAsync(async db =>
        {
            var head = await db.AuditChainHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken)
                ?? throw new InvalidOperationException("The head of the audit chain is missing.");
            var entries = await db.AuditEntries.AsNoTracking().Where(entry => entry.Position == null).OrderBy(entry => entry.Id).Take(AtOnce).ToListAsync(cancellationToken);
            var links = new List<(long Id, long Position, byte[] Hash)>(entries.Count);
            var (position, hash) = (head.Position, head.Hash);
            foreach (var entry in entries)
            {
                position++;
                hash = AuditHash.Of(hash, position, entry);
                links.Add((entry.Id, position, hash));
            }

            // Whoever moves the head first seals; the others wait here and then find it moved.
            var now = time.GetUtcNow().UtcDateTime;
            if (links.Count == 0 || await db.AuditChainHeads
                .Where(row => row.Position == head.Position)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Position, position).SetProperty(row => row.Hash, hash).SetProperty(row => row.SealedUtc, now), cancellationToken) == 0)
            {
                return false;
            }

            foreach (var link in links)
            {
                await db.AuditEntries.Where(entry => entry.Id == link.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Position, link.Position).SetProperty(entry => entry.Hash, link.Hash), cancellationToken);
            }

            count = links.Count;
            return true;
        }, cancellationToken);
        return won ? count : 0;
    }
}
