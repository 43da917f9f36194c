using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using RulePortal.Data;

namespace RulePortal.Migrations.Sqlite;

/// <summary>Lets the EF tools build the model; they never open the connection.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PortalDbContext>
{
    /// <inheritdoc />
    public PortalDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PortalDbContext>()
            .UseSqlite("Data Source=design-time.db", options => options.MigrationsAssembly(typeof(DesignTimeFactory).Assembly.GetName().Name))
            .Options);
}
