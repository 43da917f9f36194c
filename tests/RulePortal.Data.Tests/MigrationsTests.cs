using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RulePortal.Data.Tests;

public sealed class MigrationsTests
{
    private static readonly string[] HandWritten =
        ["VIEW VMConnection", .. new[] { "AuditEntries_NoUpdate", "AuditEntries_NoDelete", "AuditChainHeads_NoUpdate", "AuditChainHeads_NoDelete" }.Select(name => "TRIGGER " + name)];

    public static TheoryData<IDesignTimeDbContextFactory<PortalDbContext>> Providers =>
        [new RulePortal.Migrations.Sqlite.DesignTimeFactory(), new RulePortal.Migrations.SqlServer.DesignTimeFactory()];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Model_AgainstMigrations_HasNoPendingChange(IDesignTimeDbContextFactory<PortalDbContext> provider)
    {
        using PortalDbContext db = provider.CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    /// <summary>Nothing is released, so nothing has to be upgraded: the chain begins, and ends, with the schema as it is.</summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public void Migrations_BeforeTheFirstRelease_AreOne(IDesignTimeDbContextFactory<PortalDbContext> provider)
    {
        using PortalDbContext db = provider.CreateDbContext([]);

        Assert.EndsWith("_Initial", Assert.Single(db.Database.GetMigrations()), StringComparison.Ordinal);
    }

    /// <summary>A migration that is generated again knows nothing of the view and the triggers.</summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public void Script_FromNothing_MakesWhatTheModelCannotSay(IDesignTimeDbContextFactory<PortalDbContext> provider)
    {
        using PortalDbContext db = provider.CreateDbContext([]);
        string script = Plain(db.GetService<IMigrator>().GenerateScript());

        Assert.All(HandWritten, part => Assert.Contains("CREATE " + part, script, StringComparison.Ordinal));
        if (db.Database.IsSqlServer())
        {
            int switched = script.IndexOf("READ_COMMITTED_SNAPSHOT ON", StringComparison.Ordinal);
            Assert.InRange(switched, 0, script.IndexOf("CREATE TABLE Alerts", StringComparison.Ordinal));
            Assert.Contains("ALLOW_SNAPSHOT_ISOLATION ON", script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Down_ToNothing_LeavesNothing()
    {
        string file = Path.Combine(Path.GetTempPath(), $"ruleportal-test-{Guid.NewGuid():N}.db");
        try
        {
            await using var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>()
                .UseSqlite($"Data Source={file};Pooling=False", options => options.MigrationsAssembly("RulePortal.Migrations.Sqlite"))
                .Options);
            await db.Database.MigrateAsync();

            await db.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase);

            Assert.Empty(await db.Database
                .SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_EFMigrations%' ESCAPE '\\'")
                .ToListAsync());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Plain(string script) =>
        script.Replace("\"", "", StringComparison.Ordinal).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
