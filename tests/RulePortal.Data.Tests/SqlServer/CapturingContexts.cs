using Microsoft.EntityFrameworkCore;
using RulePortal.TestSupport;

namespace RulePortal.Data.Tests.SqlServer;

/// <summary>Contexts of the SQL Server model over a connection that only notes what it is asked.</summary>
internal sealed class CapturingContexts(int rows) : IDbContextFactory<PortalDbContext>
{
    public CapturingConnection Connection { get; } = new(rows);

    public PortalDbContext CreateDbContext() => new(new DbContextOptionsBuilder<PortalDbContext>()
        .UseSqlServer(Connection, options => options.MigrationsAssembly("RulePortal.Migrations.SqlServer").ExecutionStrategy(dependencies => new SqlServerRetries(dependencies)))
        .AddInterceptors(BoundedQueries.Instance)
        .Options);
}
