using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Auditing;

/// <summary>Holds the sealed entries against their chain, from the last checkpoint to the head.</summary>
public sealed class AuditVerifier(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int MostRestarts = 5;

    /// <summary>Verifies the whole chain.</summary>
    /// <param name="anchor">A place of it that was noted elsewhere, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<AuditVerification> VerifyAsync(AuditAnchor? anchor, CancellationToken cancellationToken) => VerifyAsync(anchor, upTo: null, cancellationToken);

    /// <summary>Verifies the whole chain and notes at its head what was found.</summary>
    public async Task<AuditVerification> VerifyAndNoteAsync(CancellationToken cancellationToken)
    {
        var verification = await VerifyAsync(anchor: null, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var fault = verification.Fault?.Sentence;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.AuditChainHeads.ExecuteUpdateAsync(set => set.SetProperty(head => head.VerifiedUtc, now).SetProperty(head => head.Fault, fault), cancellationToken);
        return verification;
    }

    internal async Task<AuditVerification> VerifyAsync(AuditAnchor? anchor, long? upTo, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var start = await CheckpointAsync(db, cancellationToken);
            var walk = new AuditWalk(start?.Position ?? 0, start?.Hash ?? AuditHash.Origin) { Anchor = anchor };
            var fault = await BeforeAsync(db, start, anchor, cancellationToken) ?? await WalkAsync(db, walk, upTo, cancellationToken);

            // What retention took away while this walked is not missing.
            if (fault?.Kind is AuditFaultKind.Missing && attempt < MostRestarts && await CheckpointAsync(db, cancellationToken) is { } later && later.Position > (start?.Position ?? 0))
            {
                continue;
            }

            var unsealed = await db.AuditEntries.CountAsync(entry => entry.Position == null, cancellationToken);
            var verified = walk.Position - (start?.Position ?? 0);
            return new AuditVerification(verified, unsealed, start?.Position ?? 0, walk.Position > 0 ? new AuditAnchor(walk.Position, walk.Hash) : null, fault);
        }
    }

    private static Task<AuditCheckpoint?> CheckpointAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.AuditCheckpoints.AsNoTracking().OrderByDescending(checkpoint => checkpoint.Position).FirstOrDefaultAsync(cancellationToken);

    private static async Task<AuditFault?> BeforeAsync(PortalDbContext db, AuditCheckpoint? start, AuditAnchor? anchor, CancellationToken cancellationToken)
    {
        if (start is null)
        {
            return await db.AuditEntries.AnyAsync(entry => entry.Position < 1, cancellationToken)
                ? new AuditFault(AuditFaultKind.Inserted, 0, "An entry stands before the first position; it was never sealed.")
                : null;
        }

        if (anchor is null || anchor.Position > start.Position)
        {
            return null;
        }

        var noted = await db.AuditCheckpoints.AsNoTracking().FirstOrDefaultAsync(checkpoint => checkpoint.Position == anchor.Position, cancellationToken);
        return noted is null || noted.Hash.AsSpan().SequenceEqual(anchor.Hash) ? null : AuditWalk.OtherChain(anchor.Position);
    }

    private static async Task<AuditFault?> WalkAsync(PortalDbContext db, AuditWalk walk, long? upTo, CancellationToken cancellationToken)
    {
        while (true)
        {
            await foreach (var entry in AuditPages.AfterAsync(db, walk.Position, cancellationToken))
            {
                if (entry.Position > upTo)
                {
                    return null;
                }

                if (walk.Step(entry) is { } fault)
                {
                    return fault.Kind is AuditFaultKind.Altered ? await JudgeAsync(db, walk, entry, fault, cancellationToken) : fault;
                }
            }

            // The head is read last: whatever was sealed meanwhile is below it, and is walked as well.
            var head = await db.AuditChainHeads.AsNoTracking().OrderBy(each => each.Id).FirstOrDefaultAsync(cancellationToken);
            if (head is not null && head.Position > walk.Position && await db.AuditEntries.AnyAsync(entry => entry.Position > walk.Position, cancellationToken))
            {
                continue;
            }

            return walk.End(head);
        }
    }

    /// <summary>An entry that does not fit may be another one in its place, which is then found elsewhere in the chain.</summary>
    private static async Task<AuditFault> JudgeAsync(PortalDbContext db, AuditWalk walk, AuditEntry misfit, AuditFault fault, CancellationToken cancellationToken)
    {
        var position = walk.Position + 1;
        await foreach (var entry in AuditPages.AfterAsync(db, walk.Position, cancellationToken))
        {
            var hash = AuditHash.Of(walk.Hash, position, entry).AsSpan();
            if (entry.Id != misfit.Id && (hash.SequenceEqual(entry.Hash) || hash.SequenceEqual(misfit.Hash)))
            {
                return new AuditFault(AuditFaultKind.Reordered, position, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Position {position} holds entry {misfit.Id}; entry {entry.Id} was sealed there and stands at position {entry.Position}."));
            }
        }

        return fault;
    }
}

/// <summary>What a verification of the chain found.</summary>
/// <param name="Verified">Entries that are as they were sealed, from the last checkpoint to the first fault or the end.</param>
/// <param name="Unsealed">Entries that wait to be sealed.</param>
/// <param name="Removed">Entries that went behind checkpoints before.</param>
/// <param name="End">The last entry verified, to be noted elsewhere; null when there is none.</param>
/// <param name="Fault">The first fault, or null when all is well.</param>
public sealed record AuditVerification(long Verified, int Unsealed, long Removed, AuditAnchor? End, AuditFault? Fault);

/// <summary>The first place where the chain does not hold.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Position">Where.</param>
/// <param name="Sentence">All of it, for people.</param>
public sealed record AuditFault(AuditFaultKind Kind, long Position, string Sentence);

/// <summary>What is wrong with the chain.</summary>
public enum AuditFaultKind
{
    /// <summary>An entry is not what was sealed.</summary>
    Altered = 0,

    /// <summary>A sealed entry is gone.</summary>
    Missing = 1,

    /// <summary>An entry stands where another one was sealed.</summary>
    Reordered = 2,

    /// <summary>An entry says it is sealed and never was.</summary>
    Inserted = 3,

    /// <summary>The end of the chain is gone or is not that of its last entry.</summary>
    Head = 4,

    /// <summary>The chain is whole in itself, and not the one that was noted elsewhere: it was made anew.</summary>
    Anchor = 5,
}

/// <summary>A place of the chain as it was noted elsewhere, against which a chain that was made anew is found out.</summary>
/// <param name="Position">Position of an entry.</param>
/// <param name="Hash">Its hash; 32 bytes.</param>
public sealed record AuditAnchor(long Position, byte[] Hash)
{
    private const int HashLength = 32;

    /// <summary>Reads one from <c>position:hash</c>, the hash in hexadecimal digits.</summary>
    /// <returns>The anchor, or null when the text is none.</returns>
    public static AuditAnchor? Parse(string? text)
    {
        var parts = text?.Split(':');
        return parts is [var position, { Length: HashLength * 2 } hash]
            && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            && hash.All(char.IsAsciiHexDigit)
            ? new AuditAnchor(number, Convert.FromHexString(hash))
            : null;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Position}:{Convert.ToHexStringLower(Hash)}");
}
