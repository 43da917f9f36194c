using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Auditing;

/// <summary>Entries for a test, and what somebody with the database's password can do to them.</summary>
internal static class AuditTampering
{
    private const string Columns = "AtUtc, ActorId, ActorName, Origin, Action, Subject, Outcome, Attempts, Detail, [Before], [After], Position, Hash";

    /// <summary>Writes entries a second apart, each about a rule of its own.</summary>
    public static async Task WriteEntriesAsync(this TestStore store, int count)
    {
        await using PortalDbContext db = store.CreateDbContext();
        DateTime now = store.Clock.GetUtcNow().UtcDateTime;
        db.AuditEntries.AddRange(Enumerable.Range(0, count).Select(number => new AuditEntry(
            now.AddSeconds(number), TestStore.Ada with { Origin = "192.0.2.1" }, AuditActions.RuleSave, $"rule:{number}", $$"""{"number":{{number}}}""", $$"""{"number":{{number + 1}}}""")
        {
            Detail = $"Version {number}",
        }));
        await db.SaveChangesAsync();
        store.Clock.Advance(TimeSpan.FromSeconds(count));
    }

    public static async Task<List<AuditEntry>> SealedAsync(this TestStore store)
    {
        await using PortalDbContext db = store.CreateDbContext();
        return await db.AuditEntries.AsNoTracking().Where(entry => entry.Position != null).OrderBy(entry => entry.Position).ToListAsync();
    }

    public static async Task<List<AuditEntry>> UnsealedAsync(this TestStore store)
    {
        await using PortalDbContext db = store.CreateDbContext();
        return await db.AuditEntries.AsNoTracking().Where(entry => entry.Position == null).OrderBy(entry => entry.Id).ToListAsync();
    }

    /// <summary>Runs a statement as somebody would who first takes the triggers away.</summary>
    public static async Task WithoutTriggersAsync(this TestStore store, string sql, params object[] values)
    {
        await using PortalDbContext db = store.CreateDbContext();
        bool sqlite = db.Database.IsSqlite();
        IEnumerable<string> drop = sqlite ? Migrations.Sqlite.AuditTriggers.Drop : Migrations.SqlServer.AuditTriggers.Drop;
        IEnumerable<string> create = sqlite ? Migrations.Sqlite.AuditTriggers.Create : Migrations.SqlServer.AuditTriggers.Create;
        await RunAsync(db, drop);
        await db.Database.ExecuteSqlRawAsync(sql, values);
        await RunAsync(db, create);
    }

    /// <summary>Inserts an entry under the id it has, sealed as it says.</summary>
    public static async Task InsertAsync(this TestStore store, AuditEntry entry, long? position = null, byte[]? hash = null)
    {
        await using PortalDbContext db = store.CreateDbContext();
        string id = entry.Id == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{entry.Id}, ");
        string insert = $"INSERT INTO AuditEntries ({(entry.Id == 0 ? "" : "Id, ")}{Columns}) VALUES ({id}{{0}}, {{1}}, {{2}}, {{3}}, {{4}}, {{5}}, {{6}}, {{7}}, {{8}}, {{9}}, {{10}}, {{11}}, {{12}})";
        string sql = db.Database.IsSqlite() || entry.Id == 0 ? insert : $"SET IDENTITY_INSERT AuditEntries ON; {insert}; SET IDENTITY_INSERT AuditEntries OFF;";
        await db.Database.ExecuteSqlRawAsync(
            sql,
            [entry.AtUtc, entry.ActorId, entry.ActorName, entry.Origin, entry.Action, entry.Subject, (int)entry.Outcome, entry.Attempts, entry.Detail!, entry.Before!, entry.After!, position!, hash!]);
    }

    private static async Task RunAsync(PortalDbContext db, IEnumerable<string> statements)
    {
        foreach (string statement in statements)
        {
            await db.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
    }
}
