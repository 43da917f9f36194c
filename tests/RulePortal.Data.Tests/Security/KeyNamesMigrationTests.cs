using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RulePortal.Data.Tests.Security;

/// <summary>A store of before names in force were unique may hold one twice; it is migrated all the same.</summary>
public sealed class KeyNamesMigrationTests
{
    [Fact]
    public async Task Migrate_TwoKeysInForceOfOneName_TellsTheLaterOneApart()
    {
        string file = Path.Combine(Path.GetTempPath(), $"ruleportal-test-{Guid.NewGuid():N}.db");
        try
        {
            await using var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>()
                .UseSqlite($"Data Source={file};Pooling=False", options => options.MigrationsAssembly("RulePortal.Migrations.Sqlite"))
                .Options);
            await db.GetService<IMigrator>().MigrateAsync("LateDataAndGaps");
            string longName = new('n', 100);
            foreach ((int id, string name, string? revoked) in new[] { (1, longName, null), (2, longName, null), (3, longName, "2026-01-31"), (4, "collector", null), (5, "collector", "2026-01-31") })
            {
                await db.Database.ExecuteSqlAsync(
                    $"INSERT INTO ApiKeys (Id, Name, Prefix, Hash, Role, CreatedUtc, CreatedBy, RevokedUtc) VALUES ({Guid.Parse($"00000000-0000-0000-0000-00000000000{id}")}, {name}, 'rp_', {new[] { (byte)id }}, 0, '2026-01-30', 'Ada', {revoked})");
            }

            await db.Database.MigrateAsync();

            var names = await db.ApiKeys.AsNoTracking().OrderBy(key => key.CreatedUtc).ThenBy(key => key.Id).Select(key => key.Name).ToListAsync();
            Assert.Equal([longName, $"{longName[..60]} 00000000-0000-0000-0000-000000000002", longName, "collector", "collector"], names);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
