using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Auditing;

internal static class AuditingModel
{
    public static void Configure(ModelBuilder model) => model.Entity<AuditEntry>(entry =>
    {
        entry.Property(e => e.ActorId).HasMaxLength(200);
        entry.Property(e => e.ActorName).HasMaxLength(200);
        entry.Property(e => e.Action).HasMaxLength(100);
        entry.Property(e => e.Subject).HasMaxLength(200);
        entry.HasIndex(e => new { e.Subject, e.Id });
        entry.HasIndex(e => e.AtUtc);
    });
}
