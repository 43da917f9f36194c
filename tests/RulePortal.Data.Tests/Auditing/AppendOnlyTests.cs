using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Auditing;

/// <summary>Nothing in the trail can be changed or removed by mistake: not through a context, not by a statement.</summary>
public abstract class AppendOnlyTests(StoreKind kind) : StoreTests(kind)
{
    public static TheoryData<string> Statements =>
    [
        "UPDATE AuditEntries SET AtUtc = '2020-01-01 00:00:00'",
        "UPDATE AuditEntries SET ActorId = 'dev:eve'",
        "UPDATE AuditEntries SET ActorName = 'Eve'",
        "UPDATE AuditEntries SET Origin = '192.0.2.99'",
        "UPDATE AuditEntries SET Action = 'rule.enable'",
        "UPDATE AuditEntries SET Subject = 'rule:99'",
        "UPDATE AuditEntries SET Outcome = 1",
        "UPDATE AuditEntries SET Attempts = 2",
        "UPDATE AuditEntries SET Detail = 'x'",
        "UPDATE AuditEntries SET [Before] = NULL",
        "UPDATE AuditEntries SET [After] = NULL",
        "UPDATE AuditEntries SET Position = NULL, Hash = NULL WHERE Position = 2",
        "UPDATE AuditEntries SET Position = 9 WHERE Position = 2",
        "UPDATE AuditEntries SET Hash = NULL WHERE Position = 2",
        "DELETE FROM AuditEntries WHERE Position = 1",
        "DELETE FROM AuditEntries WHERE Position IS NULL",
        "UPDATE AuditChainHeads SET Position = 0",
        "DELETE FROM AuditChainHeads",
        "UPDATE AuditCheckpoints SET Position = 9",
        "DELETE FROM AuditCheckpoints",
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Statement_ThatChangesTheTrail_IsRefused(string statement)
    {
        await PrepareAsync();
        await using PortalDbContext db = Store.CreateDbContext();

        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(statement));

        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_BehindACheckpoint_IsDone()
    {
        await PrepareAsync();
        await using PortalDbContext db = Store.CreateDbContext();
        byte[] hash = (await Store.SealedAsync())[1].Hash!;
        db.AuditCheckpoints.Add(new AuditCheckpoint { Position = 2, Hash = hash, Count = 1, UntilUtc = Store.Clock.GetUtcNow().UtcDateTime, MadeUtc = Store.Clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync();

        Assert.Equal(2, await db.AuditEntries.Where(entry => entry.Position <= 2).ExecuteDeleteAsync());
        await Assert.ThrowsAnyAsync<DbException>(() => db.AuditEntries.Where(entry => entry.Position == 3).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task SaveChanges_EntryRemoved_IsRefused()
    {
        await PrepareAsync();
        await using PortalDbContext db = Store.CreateDbContext();
        db.AuditEntries.Remove(await db.AuditEntries.FirstAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
    }

    [Fact]
    public async Task SaveChanges_EntryAltered_IsRefused()
    {
        await PrepareAsync();
        await using PortalDbContext db = Store.CreateDbContext();
        db.Entry(await db.AuditEntries.FirstAsync()).Property(entry => entry.Subject).CurrentValue = "rule:99";

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    // Three sealed, one not, and a checkpoint before the first of them.
    private async Task PrepareAsync()
    {
        await Store.WriteEntriesAsync(3);
        await new AuditSealer(Store, Store.Clock).SealAsync(default);
        await Store.WriteEntriesAsync(1);
        await using PortalDbContext db = Store.CreateDbContext();
        DateTime now = Store.Clock.GetUtcNow().UtcDateTime;
        db.AuditCheckpoints.Add(new AuditCheckpoint { Position = 0, Hash = AuditHash.Origin, Count = 0, UntilUtc = now, MadeUtc = now });
        await db.SaveChangesAsync();
    }
}

public sealed class SqliteAppendOnlyTests() : AppendOnlyTests(StoreKind.Sqlite);

public sealed class SqlServerAppendOnlyTests() : AppendOnlyTests(StoreKind.SqlServer);
