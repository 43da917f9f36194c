using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;

namespace RulePortal.Data.Security;

/// <summary>Makes, finds, lists and revokes bearer keys.</summary>
public sealed class ApiKeyStore(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>The longest name of a key.</summary>
    public const int NameLength = 100;

    /// <summary>Most keys that <see cref="ListAsync"/> gives.</summary>
    public const int MostListed = 1000;

    /// <summary>Makes a key.</summary>
    /// <param name="name">1 to 100 characters, unique among keys not revoked; expired ones count until they are revoked.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="expiresUtc">First instant at which it no longer counts, or null for none.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The key's secret text, to be shown once, or null when a key in force has the name.</returns>
    public async Task<string?> CreateAsync(string name, ApiKeyRole role, DateTime? expiresUtc, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await IsTakenAsync(db, name, cancellationToken))
        {
            return null;
        }

        var secret = ApiKeySecret.Generate();
        var now = time.GetUtcNow().UtcDateTime;
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Name = name,
            Prefix = ApiKeySecret.Prefix(secret),
            Hash = ApiKeySecret.Hash(secret),
            Role = role,
            CreatedUtc = now,
            CreatedBy = actor.Name,
            ExpiresUtc = expiresUtc,
        };
        db.ApiKeys.Add(key);
        db.AuditEntries.Add(new AuditEntry(now, actor, AuditActions.KeyCreate, $"apikey:{key.Id}", before: null, State(key)));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return secret;
        }
        catch (DbUpdateException)
        {
            // The index on names in force has the last word when two ask at once.
            if (await IsTakenAsync(db, name, cancellationToken))
            {
                return null;
            }

            throw;
        }
    }

    /// <summary>Keys, those in force first and of each the newest first; at most <see cref="MostListed"/>.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys.AsNoTracking().OrderByDescending(k => k.RevokedUtc == null).ThenByDescending(k => k.CreatedUtc).ThenBy(k => k.Name).Take(MostListed).ToListAsync(cancellationToken);
    }

    /// <summary>Revokes the key in force that has the name or the id.</summary>
    /// <param name="nameOrId">The key's name, or its id.</param>
    /// <param name="actor">Who revokes it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The key revoked, or null when none in force fits.</returns>
    public async Task<ApiKey?> RevokeAsync(string nameOrId, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var id = Guid.TryParse(nameOrId, out var parsed) ? parsed : Guid.Empty;
        ApiKey? revoked = null;
        await contexts.InTransactionAsync(async db =>
        {
            // Tried again after its commit, the unit finds nothing to revoke, and what it revoked stands.
            var key = await db.ApiKeys.FirstOrDefaultAsync(k => k.RevokedUtc == null && (k.Name == nameOrId || k.Id == id), cancellationToken);
            if (key is null)
            {
                return false;
            }

            var now = time.GetUtcNow().UtcDateTime;
            var before = State(key);
            key.RevokedUtc = now;
            db.AuditEntries.Add(new AuditEntry(now, actor, AuditActions.KeyRevoke, $"apikey:{key.Id}", before, State(key)));
            await db.SaveChangesAsync(cancellationToken);
            revoked = key;
            return true;
        }, cancellationToken);
        return revoked;
    }

    /// <summary>Finds the key with this secret text, in force or not.</summary>
    /// <returns>The key, or null when there never was one.</returns>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!secret.StartsWith(ApiKeySecret.Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var hash = ApiKeySecret.Hash(secret);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.Hash == hash, cancellationToken);
        return key is not null && CryptographicOperations.FixedTimeEquals(key.Hash, hash) ? key : null;
    }

    /// <summary>Notes when a key was last used.</summary>
    public async Task NoteUseAsync(Guid id, DateTime usedUtc, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ApiKeys.Where(k => k.Id == id).ExecuteUpdateAsync(s => s.SetProperty(k => k.LastUsedUtc, usedUtc), cancellationToken);
    }

    private static Task<bool> IsTakenAsync(PortalDbContext db, string name, CancellationToken cancellationToken) =>
        db.ApiKeys.AnyAsync(k => k.Name == name && k.RevokedUtc == null, cancellationToken);

    private static string State(ApiKey key) => AuditJson.Write(new { key.Name, key.Role, key.Prefix, key.ExpiresUtc, key.RevokedUtc });
}
