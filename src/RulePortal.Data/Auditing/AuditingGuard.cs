using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace RulePortal.Data.Auditing;

/// <summary>Stops a context that would change or remove what the trail holds; sealing and retention go other ways.</summary>
internal static class AuditingGuard
{
    public static void Demand(ChangeTracker changes)
    {
        if (changes.Entries().Any(entry => entry.Entity is AuditEntry or AuditChainHead or AuditCheckpoint && entry.State is EntityState.Modified or EntityState.Deleted))
        {
            throw new InvalidOperationException("The audit trail is append-only.");
        }
    }
}
