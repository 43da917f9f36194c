using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Auditing;

/// <summary>Reads the trail.</summary>
public sealed class AuditQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Most actors that can be chosen from.</summary>
    public const int MaxActors = 200;

    private const int StreamedAtOnce = 500;

    /// <summary>A page of the trail, newest first.</summary>
    public async Task<AuditList> PageAsync(AuditFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = db.AuditEntries.AsNoTracking().Matching(filter);
        return await ListAsync(matching, matching.NewestFirst().Skip(skip).Take(take), cancellationToken);
    }

    /// <summary>The entries after one in the list, newest first: a walk by this misses and repeats nothing while new ones are written.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="beforeId">Id of the last entry seen, or null to begin.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<AuditList> BeforeAsync(AuditFilter filter, long? beforeId, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = db.AuditEntries.AsNoTracking().Matching(filter);
        var at = await db.AuditEntries.Where(entry => entry.Id == beforeId).Select(entry => (DateTime?)entry.AtUtc).FirstOrDefaultAsync(cancellationToken);
        var rest = at is null ? matching : matching.Where(entry => entry.AtUtc < at || (entry.AtUtc == at && entry.Id < beforeId));
        return await ListAsync(matching, rest.NewestFirst().Take(take), cancellationToken);
    }

    /// <summary>How many entries a filter lets through.</summary>
    public async Task<long> CountAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AuditEntries.Matching(filter).LongCountAsync(cancellationToken);
    }

    /// <summary>Every entry a filter lets through that was there when this began, one at a time, in the order of writing.</summary>
    public async IAsyncEnumerable<AuditEntry> StreamAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var end = await db.AuditEntries.MaxAsync(entry => (long?)entry.Id, cancellationToken) ?? 0;
        long after = 0;
        int count;
        do
        {
            var page = await db.AuditEntries.AsNoTracking().Matching(filter)
                .Where(entry => entry.Id > after && entry.Id <= end)
                .OrderBy(entry => entry.Id)
                .Take(StreamedAtOnce)
                .ToListAsync(cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
            }

            count = page.Count;
            after = count > 0 ? page[^1].Id : after;
        }
        while (count == StreamedAtOnce);
    }

    /// <summary>Who is in the trail, by name as last written, at most <see cref="MaxActors"/> of those seen last.</summary>
    public async Task<IReadOnlyList<Actor>> ActorsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var actors = await db.AuditEntries.AsNoTracking()
            .GroupBy(entry => entry.ActorId)
            .Select(group => new { Id = group.Key, LastId = group.Max(entry => entry.Id) })
            .OrderByDescending(group => group.LastId)
            .Take(MaxActors)
            .Join(db.AuditEntries, last => last.LastId, entry => entry.Id, (last, entry) => new { entry.ActorId, entry.ActorName })
            .ToListAsync(cancellationToken);
        return [.. actors.Select(actor => new Actor(actor.ActorId, actor.ActorName)).OrderBy(actor => actor.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>How the chain stands.</summary>
    public async Task<AuditChainState> ChainAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var head = await db.AuditChainHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var checkpoint = await db.AuditCheckpoints.AsNoTracking().OrderByDescending(row => row.Position).FirstOrDefaultAsync(cancellationToken);
        var waiting = await db.AuditEntries.CountAsync(entry => entry.Position == null, cancellationToken);
        return new AuditChainState(Math.Max(0, (head?.Position ?? 0) - (checkpoint?.Position ?? 0)), waiting, head, checkpoint);
    }

    // Counting stops where the number stops mattering.
    private static async Task<AuditList> ListAsync(IQueryable<AuditEntry> matching, IQueryable<AuditEntry> page, CancellationToken cancellationToken)
    {
        var total = await matching.OrderBy(entry => entry.Id).Take(AuditList.MaxTotal + 1).CountAsync(cancellationToken);
        return new AuditList(await page.ToListAsync(cancellationToken), Math.Min(total, AuditList.MaxTotal), total > AuditList.MaxTotal);
    }
}

/// <summary>Part of the trail.</summary>
/// <param name="Items">Entries, newest first.</param>
/// <param name="Total">How many the filter lets through, counted up to <see cref="MaxTotal"/>.</param>
/// <param name="TotalIsCapped">Whether there are more than <see cref="Total"/>.</param>
public sealed record AuditList(IReadOnlyList<AuditEntry> Items, int Total, bool TotalIsCapped)
{
    /// <summary>Where counting stops: beyond it a number costs more than it tells.</summary>
    public const int MaxTotal = 10_000;
}

/// <summary>How the chain stands.</summary>
/// <param name="Sealed">Sealed entries that are kept.</param>
/// <param name="Waiting">Entries not sealed yet.</param>
/// <param name="Head">Its end, or null when that is gone.</param>
/// <param name="Checkpoint">Behind which entries were removed, or null.</param>
public sealed record AuditChainState(long Sealed, int Waiting, AuditChainHead? Head, AuditCheckpoint? Checkpoint);
