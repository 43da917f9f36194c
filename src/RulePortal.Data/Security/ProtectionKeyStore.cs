using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Security;

/// <summary>Reads and adds the keys that protect cookies and tokens. Not asynchronous, because data protection is not.</summary>
public sealed class ProtectionKeyStore(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Every key, oldest first.</summary>
    public IReadOnlyList<ProtectionKey> ReadAll()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.ProtectionKeys.AsNoTracking().OrderBy(k => k.Id).BoundedBy("one key in some weeks")];
    }

    /// <summary>Adds a key.</summary>
    public void Add(ProtectionKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var db = contexts.CreateDbContext();
        db.ProtectionKeys.Add(key);
        db.SaveChanges();
    }
}
