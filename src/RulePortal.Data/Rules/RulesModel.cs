using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Rules;

internal static class RulesModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<AnalyticsRule>(rule =>
        {
            rule.Property(e => e.Id).ValueGeneratedNever();
            rule.Property(e => e.Name).HasMaxLength(256);
            rule.Property(e => e.AutoDisabledReason).HasMaxLength(2000);
            rule.Property(e => e.Version).IsConcurrencyToken();
            rule.HasIndex(e => e.Name).IsUnique();
        });
        model.Entity<RuleVersion>(version =>
        {
            version.HasKey(e => new { e.RuleId, e.Number });
            version.Property(e => e.ActorId).HasMaxLength(200);
            version.Property(e => e.ActorName).HasMaxLength(200);
            version.Property(e => e.Note).HasMaxLength(1000);
            version.Property(e => e.PinOverride).HasMaxLength(1000);
            version.HasOne<AnalyticsRule>().WithMany().HasForeignKey(e => e.RuleId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
