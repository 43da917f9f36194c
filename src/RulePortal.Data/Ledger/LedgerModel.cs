using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;

namespace RulePortal.Data.Ledger;

internal static class LedgerModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<RuleWindow>(window =>
        {
            window.Property(e => e.LeaseOwner).HasMaxLength(200);
            window.Property(e => e.Outcome).HasMaxLength(1000);
            window.HasOne<AnalyticsRule>().WithMany().HasForeignKey(e => e.RuleId).OnDelete(DeleteBehavior.Restrict);
            window.HasIndex(e => new { e.RuleId, e.EndUtc }).IsUnique();
            window.Property(e => e.LateSentence).HasMaxLength(1000);
            window.HasIndex(e => new { e.Status, e.EndUtc });
            window.HasIndex(e => new { e.LateVerdict, e.EndUtc }).HasFilter("[LateVerdict] IS NOT NULL");
        });
        model.Entity<RuleGap>(gap =>
        {
            gap.Property(e => e.ActorName).HasMaxLength(200);
            gap.HasOne<AnalyticsRule>().WithMany().HasForeignKey(e => e.RuleId).OnDelete(DeleteBehavior.Restrict);
            gap.HasIndex(e => new { e.RuleId, e.EndUtc });
        });
        model.Entity<AttemptExclusion>(exclusion =>
        {
            exclusion.HasKey(e => new { e.AttemptId, e.Ordinal });
            exclusion.HasOne<RuleAttempt>().WithMany().HasForeignKey(e => e.AttemptId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RuleAttempt>(attempt =>
        {
            attempt.Property(e => e.ActorName).HasMaxLength(200);
            attempt.Property(e => e.Sentence).HasMaxLength(1000);
            attempt.Property(e => e.Error).HasMaxLength(4000);
            attempt.HasOne<RuleWindow>().WithMany().HasForeignKey(e => e.WindowId).OnDelete(DeleteBehavior.Restrict);
            attempt.HasIndex(e => new { e.RuleId, e.StartedUtc });
            attempt.HasIndex(e => e.StartedUtc);
        });
    }
}
