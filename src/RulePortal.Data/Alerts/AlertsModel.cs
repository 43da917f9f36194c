using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Alerts;

internal static class AlertsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Alert>(alert =>
        {
            alert.Property(e => e.RuleName).HasMaxLength(256);
            alert.Property(e => e.Title).HasMaxLength(300);
            alert.Property(e => e.Summary).HasMaxLength(2000);
            alert.Property(e => e.Trigger).HasMaxLength(100);
            alert.Property(e => e.OwnerId).HasMaxLength(200);
            alert.Property(e => e.OwnerName).HasMaxLength(200);
            alert.Property(e => e.Version).IsConcurrencyToken();
            alert.HasMany(e => e.Tactics).WithOne().HasForeignKey(e => e.AlertId).OnDelete(DeleteBehavior.Cascade);
            alert.HasMany(e => e.Entities).WithOne().HasForeignKey(e => e.AlertId).OnDelete(DeleteBehavior.Cascade);
            alert.HasMany(e => e.Subjects).WithOne().HasForeignKey(e => e.AlertId).OnDelete(DeleteBehavior.Cascade);
            alert.HasMany(e => e.Occurrences).WithOne().HasForeignKey(e => e.AlertId).OnDelete(DeleteBehavior.Cascade);
            alert.HasMany(e => e.Activities).WithOne().HasForeignKey(e => e.AlertId).OnDelete(DeleteBehavior.Cascade);
            alert.Navigation(e => e.Occurrences).UsePropertyAccessMode(PropertyAccessMode.Field);
            alert.Navigation(e => e.Activities).UsePropertyAccessMode(PropertyAccessMode.Field);
            alert.HasIndex(e => new { e.Status, e.RaisedUtc });
            alert.HasIndex(e => new { e.RuleId, e.RaisedUtc });
            alert.HasIndex(e => e.RaisedUtc);
            alert.HasIndex(e => e.OwnerId);
        });
        model.Entity<AlertTactic>(tactic =>
        {
            tactic.HasKey(e => new { e.AlertId, e.Tactic });
            tactic.HasIndex(e => e.Tactic);
        });
        model.Entity<AlertEntity>(entity =>
        {
            entity.Property(e => e.Value).HasMaxLength(400);
            entity.HasIndex(e => new { e.Type, e.Value });
        });
        model.Entity<Occurrence>(occurrence =>
        {
            occurrence.Property(e => e.GroupKey).HasMaxLength(64);
            occurrence.HasIndex(e => new { e.RuleId, e.WindowEndUtc, e.GroupKey }).IsUnique();
            occurrence.HasMany(e => e.Extensions).WithOne().HasForeignKey(e => e.OccurrenceId).OnDelete(DeleteBehavior.Cascade);
            occurrence.HasMany(e => e.Evidence).WithOne().HasForeignKey(e => e.OccurrenceId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<EvidenceRow>(row =>
        {
            row.Property(e => e.GroupKey).HasMaxLength(64);
            row.HasIndex(e => new { e.OccurrenceId, e.Ordinal }).IsUnique();
        });
        model.Entity<AlertActivity>(activity =>
        {
            activity.Property(e => e.ActorId).HasMaxLength(200);
            activity.Property(e => e.ActorName).HasMaxLength(200);
            activity.Property(e => e.From).HasMaxLength(300);
            activity.Property(e => e.To).HasMaxLength(300);
            activity.HasIndex(e => new { e.AlertId, e.Id });
        });
    }
}
