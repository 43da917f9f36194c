using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Security;

internal static class SecurityModel
{
    public static void Configure(ModelBuilder model) => model.Entity<ApiKey>(key =>
    {
        key.Property(e => e.Id).ValueGeneratedNever();
        key.Property(e => e.Name).HasMaxLength(100);
        key.Property(e => e.Prefix).HasMaxLength(20);
        key.Property(e => e.Hash).HasMaxLength(32);
        key.Property(e => e.CreatedBy).HasMaxLength(200);
        key.HasIndex(e => e.Hash).IsUnique();
    });
}
