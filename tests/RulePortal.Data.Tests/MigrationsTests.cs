using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RulePortal.Data.Tests;

public sealed class MigrationsTests
{
    public static TheoryData<IDesignTimeDbContextFactory<PortalDbContext>> Providers =>
        [new RulePortal.Migrations.Sqlite.DesignTimeFactory(), new RulePortal.Migrations.SqlServer.DesignTimeFactory()];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Model_AgainstMigrations_HasNoPendingChange(IDesignTimeDbContextFactory<PortalDbContext> provider)
    {
        using PortalDbContext db = provider.CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges());
    }
}
