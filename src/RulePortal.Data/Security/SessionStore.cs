using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Security;

/// <summary>Begins, finds, confirms and ends sessions, and keeps whom they were of.</summary>
public sealed class SessionStore(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int KeyBytes = 32;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(730);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Begins a session.</summary>
    /// <returns>The key for the browser's cookie, which is not stored: 256 random bits in base64url.</returns>
    public async Task<string> BeginAsync(NewSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        try
        {
            await BeginAsync(session, key, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // It began and the word of that was lost; or somebody's first two sessions began at the same moment, and the person is known now.
            if (await FindByKeyAsync(key, cancellationToken) is null)
            {
                await BeginAsync(session, key, cancellationToken);
            }
        }

        return key;
    }

    /// <summary>Finds the session that a cookie's key belongs to, over or not; null when there is none.</summary>
    public async Task<PortalSession?> FindByKeyAsync(string key, CancellationToken cancellationToken)
    {
        var hash = Hash(key);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.KeyHash == hash, cancellationToken);
    }

    /// <summary>Finds a session, over or not; null when there is none.</summary>
    public async Task<PortalSession?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
    }

    /// <summary>Sets out to ask the identity provider about a session; of all who try at once, in this process or another, one may.</summary>
    /// <param name="seen">The session as read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether the caller is the one.</returns>
    public async Task<bool> TryBeginCheckAsync(PortalSession seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions
            .Where(s => s.Id == seen.Id && s.EndedUtc == null && s.CheckedUtc == seen.CheckedUtc && s.CheckStartedUtc == seen.CheckStartedUtc)
            .ExecuteUpdateAsync(s => s.SetProperty(e => e.CheckStartedUtc, now), cancellationToken) == 1;
    }

    /// <summary>Notes that the identity provider confirmed a session, with the roles it now gives.</summary>
    public Task ConfirmAsync(Guid id, IReadOnlyList<string> roles, string? protectedTokens, CancellationToken cancellationToken) => contexts.InTransactionAsync(
        async db =>
        {
            var now = Now;
            var names = string.Join(',', roles);
            var before = await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
            if (before is null || await db.Sessions.Where(s => s.Id == id && s.EndedUtc == null).ExecuteUpdateAsync(
                s => s
                    .SetProperty(e => e.CheckedUtc, now)
                    .SetProperty(e => e.CheckFailedUtc, (DateTime?)null)
                    .SetProperty(e => e.Roles, names)
                    .SetProperty(e => e.ProtectedTokens, protectedTokens),
                cancellationToken) == 0)
            {
                return false;
            }

            var person = Hash(before.ActorId);
            await db.People.Where(p => p.IdHash == person).ExecuteUpdateAsync(s => s.SetProperty(p => p.LastSeenUtc, now).SetProperty(p => p.Roles, names), cancellationToken);
            if (before.Roles != names)
            {
                var after = await db.Sessions.AsNoTracking().FirstAsync(s => s.Id == id, cancellationToken);
                db.AuditEntries.Add(new AuditEntry(now, Actor.System, AuditActions.SessionChange, SessionAudit.Subject(id), SessionAudit.State(before), SessionAudit.State(after)));
                await db.SaveChangesAsync(cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Notes that the identity provider could not be asked, or gave no answer that counts.</summary>
    /// <param name="id">The session.</param>
    /// <param name="protectedTokens">The tokens to ask with next, encrypted, or null for those there are.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task NoteFailedCheckAsync(Guid id, string? protectedTokens, CancellationToken cancellationToken)
    {
        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Sessions.Where(s => s.Id == id && s.EndedUtc == null).ExecuteUpdateAsync(
            s => s
                .SetProperty(e => e.CheckFailedUtc, now)
                .SetProperty(e => e.ProtectedTokens, e => protectedTokens ?? e.ProtectedTokens),
            cancellationToken);
    }

    /// <summary>Ends a session that has not ended, and forgets its tokens.</summary>
    /// <param name="id">The session.</param>
    /// <param name="ending">Why.</param>
    /// <param name="by">Who ends it: the person, an Administrator, or the portal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether this call ended it.</returns>
    /// <exception cref="ActorRefusedException">It is another's, and the actor may not administer.</exception>
    public Task<bool> EndAsync(Guid id, SessionEnding ending, Actor by, CancellationToken cancellationToken) => contexts.InTransactionAsync(
        async db =>
        {
            var now = Now;
            var before = await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.EndedUtc == null, cancellationToken);
            if (before is not null && before.ActorId != by.Id)
            {
                by.Demand(ActorRights.Administer);
            }

            if (before is null || await db.Sessions.Where(s => s.Id == id && s.EndedUtc == null).ExecuteUpdateAsync(
                s => s
                    .SetProperty(e => e.EndedUtc, now)
                    .SetProperty(e => e.Ending, ending)
                    .SetProperty(e => e.ProtectedTokens, (string?)null),
                cancellationToken) == 0)
            {
                return false;
            }

            if (ending is SessionEnding.NoRole)
            {
                var person = Hash(before.ActorId);
                await db.People.Where(p => p.IdHash == person).ExecuteUpdateAsync(s => s.SetProperty(p => p.Roles, ""), cancellationToken);
            }

            var after = await db.Sessions.AsNoTracking().FirstAsync(s => s.Id == id, cancellationToken);
            db.AuditEntries.Add(new AuditEntry(now, by, AuditActions.SessionEnd, SessionAudit.Subject(id), SessionAudit.State(before), SessionAudit.State(after)));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Ends every session of a person that has not ended, each as <see cref="EndAsync"/> does.</summary>
    /// <param name="actorId">Whose <see cref="Actor.Id"/>.</param>
    /// <param name="ending">Why.</param>
    /// <param name="by">Who ends them.</param>
    /// <param name="cancellationToken">Stops it; those ended by then stay ended.</param>
    /// <returns>How many this call ended.</returns>
    /// <exception cref="ActorRefusedException">They are another's, and the actor may not administer.</exception>
    public async Task<int> EndAllAsync(string actorId, SessionEnding ending, Actor by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (actorId != by.Id)
        {
            by.Demand(ActorRights.Administer);
        }

        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.Sessions.AsNoTracking()
            .Where(s => s.ActorId == actorId && s.EndedUtc == null && s.EndsUtc > now)
            .Select(s => new { s.Id, s.ActorId })
            .BoundedBy("open sessions of one person")
            .ToListAsync(cancellationToken);
        var ended = 0;
        // The database may take upper and lower case for the same; they are two people.
        foreach (var session in open.Where(s => s.ActorId == actorId))
        {
            ended += await EndAsync(session.Id, ending, by, cancellationToken) ? 1 : 0;
        }

        return ended;
    }

    /// <summary>Forgets the tokens of sessions that are over by themselves, and people not seen for two years. The sessions go with retention.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var unseen = now - Remembered;
        await db.People.Where(p => p.LastSeenUtc < unseen).ExecuteDeleteAsync(cancellationToken);
        await db.Sessions.Where(s => s.EndsUtc < now && s.ProtectedTokens != null).ExecuteUpdateAsync(s => s.SetProperty(e => e.ProtectedTokens, (string?)null), cancellationToken);
    }

    private async Task BeginAsync(NewSession session, string key, CancellationToken cancellationToken)
    {
        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var begun = new PortalSession
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            KeyHash = Hash(key),
            Mode = session.Mode,
            ActorId = session.Actor.Id,
            ActorName = session.Actor.Name,
            Origin = session.Actor.Origin.Length <= AuditEntry.OriginLength ? session.Actor.Origin : session.Actor.Origin[..AuditEntry.OriginLength],
            Roles = string.Join(',', session.Roles),
            StartedUtc = now,
            EndsUtc = now + session.Length,
            CheckedUtc = now,
            ProtectedTokens = session.ProtectedTokens,
        };
        db.Sessions.Add(begun);
        await SeeAsync(db, begun, cancellationToken);
        db.AuditEntries.Add(new AuditEntry(now, session.Actor, AuditActions.SessionBegin, SessionAudit.Subject(begun.Id), before: null, SessionAudit.State(begun)));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task SeeAsync(PortalDbContext db, PortalSession begun, CancellationToken cancellationToken)
    {
        var hash = Hash(begun.ActorId);
        if (await db.People.FirstOrDefaultAsync(p => p.IdHash == hash, cancellationToken) is { } known)
        {
            (known.Name, known.Roles, known.LastSeenUtc) = (begun.ActorName, begun.Roles, begun.StartedUtc);
            return;
        }

        db.People.Add(new PortalPerson
        {
            IdHash = hash,
            ActorId = begun.ActorId,
            Name = begun.ActorName,
            Roles = begun.Roles,
            FirstSeenUtc = begun.StartedUtc,
            LastSeenUtc = begun.StartedUtc,
        });
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
