using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Auditing;

/// <summary>Appends entries that belong to no other change, in a transaction of their own.</summary>
public sealed class AuditRecorder(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Appends entries, all or none.</summary>
    public async Task AppendAsync(IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.AuditEntries.AddRange(entries);
        await db.SaveChangesAsync(cancellationToken);
    }
}
