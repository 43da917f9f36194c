using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;

namespace RulePortal.Data.Security;

internal static class SecurityModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<ApiKey>(key =>
        {
            key.Property(e => e.Id).ValueGeneratedNever();
            key.Property(e => e.Name).HasMaxLength(100);
            key.Property(e => e.Prefix).HasMaxLength(20);
            key.Property(e => e.Hash).HasMaxLength(32);
            key.Property(e => e.CreatedBy).HasMaxLength(200);
            key.Ignore(e => e.Actor);
            key.HasIndex(e => e.Hash).IsUnique();
            key.HasIndex(e => e.Name).IsUnique().HasFilter("[RevokedUtc] IS NULL");
        });
        model.Entity<PortalSession>(session =>
        {
            session.Property(e => e.Id).ValueGeneratedNever();
            session.Property(e => e.KeyHash).HasMaxLength(32);
            session.Property(e => e.Mode).HasMaxLength(20);
            session.Property(e => e.ActorId).HasMaxLength(200);
            session.Property(e => e.ActorName).HasMaxLength(200);
            session.Property(e => e.Origin).HasMaxLength(AuditEntry.OriginLength);
            session.Property(e => e.Roles).HasMaxLength(200);
            session.Ignore(e => e.RoleList);
            session.HasIndex(e => e.KeyHash).IsUnique();
            session.HasIndex(e => e.EndsUtc);
        });
        model.Entity<PortalPerson>(person =>
        {
            person.HasKey(e => e.IdHash);
            person.Property(e => e.IdHash).HasMaxLength(32).ValueGeneratedNever();
            person.Property(e => e.ActorId).HasMaxLength(200);
            person.Property(e => e.Name).HasMaxLength(200);
            person.Property(e => e.Roles).HasMaxLength(200);
            person.HasIndex(e => e.LastSeenUtc);
        });
        model.Entity<ProtectionKey>(key => key.Property(e => e.Name).HasMaxLength(200));
    }
}
