using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Operations;

internal static class OperationsModel
{
    public static void Configure(ModelBuilder model) => model.Entity<RetentionMark>(mark =>
    {
        mark.HasKey(e => e.Part);
        mark.Property(e => e.Part).HasMaxLength(40);
    });
}
