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

/// <summary>A key that protects cookies and tokens at rest, shared by all processes of a store.</summary>
public sealed class ProtectionKey
{
    /// <summary>Sequence, ascending.</summary>
    public int Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The key as ASP.NET Core's data protection writes it; encrypted when a certificate is configured.</summary>
    public required string Xml { get; init; }
}
