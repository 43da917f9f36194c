using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Auditing;

internal static class AuditingModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<AuditEntry>(entry =>
        {
            // SQL Server answers no OUTPUT of a table with triggers; EF Core must know. They are made by the migrations.
            entry.ToTable(table =>
            {
                table.HasTrigger("AuditEntries_NoUpdate");
                table.HasTrigger("AuditEntries_NoDelete");
            });
            entry.Property(e => e.ActorId).HasMaxLength(AuditEntry.ActorLength);
            entry.Property(e => e.ActorName).HasMaxLength(AuditEntry.ActorLength);
            entry.Property(e => e.Origin).HasMaxLength(AuditEntry.OriginLength);
            entry.Property(e => e.Action).HasMaxLength(100);
            entry.Property(e => e.Subject).HasMaxLength(AuditEntry.SubjectLength);
            entry.Property(e => e.Detail).HasMaxLength(AuditEntry.DetailLength);
            entry.Property(e => e.Hash).HasMaxLength(32);
            entry.HasIndex(e => new { e.Subject, e.Id });
            entry.HasIndex(e => e.AtUtc);
            entry.HasIndex(e => new { e.ActorId, e.AtUtc });
            entry.HasIndex(e => new { e.Action, e.AtUtc });
            entry.HasIndex(e => new { e.Outcome, e.AtUtc });
            entry.HasIndex(e => e.Position).IsUnique().HasFilter("[Position] IS NOT NULL");
            // What is still to be sealed: a handful, whatever the table holds.
            entry.HasIndex(e => e.Id).HasDatabaseName("IX_AuditEntries_Unsealed").HasFilter("[Position] IS NULL");
        });
        model.Entity<AuditChainHead>(head =>
        {
            head.ToTable("AuditChainHeads", table => table.HasTrigger("AuditChainHeads_NoUpdate"));
            head.Property(e => e.Id).ValueGeneratedNever();
            head.Property(e => e.Hash).HasMaxLength(32);
            head.Property(e => e.Fault).HasMaxLength(AuditChainHead.FaultLength);
            head.HasData(new { Id = AuditChainHead.TheId, Position = 0L, Hash = AuditHash.Origin });
        });
        model.Entity<AuditCheckpoint>(checkpoint =>
        {
            checkpoint.ToTable("AuditCheckpoints", table => table.HasTrigger("AuditCheckpoints_NoDelete"));
            checkpoint.HasKey(e => e.Position);
            checkpoint.Property(e => e.Position).ValueGeneratedNever();
            checkpoint.Property(e => e.Hash).HasMaxLength(32);
        });
    }
}
