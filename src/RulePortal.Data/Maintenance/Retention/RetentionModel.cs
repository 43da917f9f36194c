using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Maintenance.Retention;

internal static class RetentionModel
{
    public static void Configure(ModelBuilder model) => model.Entity<RetentionMark>(mark =>
    {
        mark.HasKey(e => e.Part);
        mark.Property(e => e.Part).HasMaxLength(40);
    });
}
