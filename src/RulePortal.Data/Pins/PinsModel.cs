using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Rules;

namespace RulePortal.Data.Pins;

internal static class PinsModel
{
    public static void Configure(ModelBuilder model) => model.Entity<AlertPin>(pin =>
    {
        pin.HasKey(e => e.AlertId);
        pin.Property(e => e.AlertId).ValueGeneratedNever();
        pin.Property(e => e.ActorId).HasMaxLength(200);
        pin.Property(e => e.ActorName).HasMaxLength(200);
        pin.Property(e => e.Note).HasMaxLength(AlertPin.MaxNoteLength);
        pin.HasOne<Alert>().WithOne().HasForeignKey<AlertPin>(e => e.AlertId).OnDelete(DeleteBehavior.Cascade);
        pin.HasOne<AnalyticsRule>().WithMany().HasForeignKey(e => e.RuleId).OnDelete(DeleteBehavior.Restrict);
    });
}
