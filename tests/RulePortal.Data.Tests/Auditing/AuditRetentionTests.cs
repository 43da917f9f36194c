using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Auditing;

public abstract class AuditRetentionTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private AuditVerifier Verifier => new(Store, Store.Clock);

    private AuditRetention Retention => new(Store, Verifier, Store.Clock);

    [Fact]
    public async Task Prune_OldEntries_GoBehindACheckpointFromWhichVerificationGoesOn()
    {
        await SealAsync(6);
        Store.Clock.Advance(TimeSpan.FromDays(80));
        await SealAsync(4);
        Store.Clock.Advance(TimeSpan.FromDays(20));
        byte[] hash = (await Store.SealedAsync())[5].Hash!;

        AuditPruning pruning = await Retention.PruneAsync(Kept, TestStore.Ada, default);

        DateTime now = Store.Clock.GetUtcNow().UtcDateTime;
        Assert.Equal((6L, 6L, 6L), (pruning.Removed, pruning.Checkpoint!.Count, pruning.Checkpoint.Position));
        Assert.Equal((now, now - Kept), (pruning.Checkpoint.MadeUtc, pruning.Checkpoint.UntilUtc));
        Assert.Equal(hash, pruning.Checkpoint.Hash);
        await new AuditSealer(Store, Store.Clock).SealAsync(default);
        AuditVerification found = await Verifier.VerifyAsync(anchor: null, default);
        Assert.Null(found.Fault);
        Assert.Equal((5L, 6L, 11L), (found.Verified, found.Removed, found.End!.Position));
        AuditEntry entry = (await Store.SealedAsync())[^1];
        Assert.Equal((AuditActions.AuditPrune, "audit:1-6", TestStore.Ada.Id), (entry.Action, entry.Subject, entry.ActorId));
        Assert.Contains(Convert.ToHexStringLower(hash), entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_Again_BuildsOnTheCheckpointBefore()
    {
        await SealAsync(3);
        Store.Clock.Advance(TimeSpan.FromDays(100));
        await Retention.PruneAsync(Kept, TestStore.Ada, default);
        await SealAsync(2);
        Store.Clock.Advance(TimeSpan.FromDays(100));

        AuditPruning pruning = await Retention.PruneAsync(Kept, TestStore.Ada, default);

        Assert.Equal((3L, 6L), (pruning.Checkpoint!.Count, pruning.Checkpoint.Position));
        await using PortalDbContext db = Store.CreateDbContext();
        Assert.Equal([3L, 6L], await db.AuditCheckpoints.OrderBy(checkpoint => checkpoint.Position).Select(checkpoint => checkpoint.Position).ToListAsync());
        Assert.Null((await Verifier.VerifyAsync(anchor: null, default)).Fault);
    }

    [Fact]
    public async Task Prune_NothingOld_WritesNothing()
    {
        await SealAsync(3);

        Assert.Equal(new AuditPruning(0, null, null), await Retention.PruneAsync(Kept, TestStore.Ada, default));

        Assert.Equal(3, (await Store.SealedAsync()).Count);
        Assert.Empty(await Store.UnsealedAsync());
    }

    [Fact]
    public async Task Prune_UnsealedEntries_Stay()
    {
        await Store.WriteEntriesAsync(3);
        Store.Clock.Advance(TimeSpan.FromDays(1000));

        Assert.Null((await Retention.PruneAsync(Kept, TestStore.Ada, default)).Checkpoint);

        Assert.Equal(3, (await Store.UnsealedAsync()).Count);
    }

    [Fact]
    public async Task Prune_BrokenChain_RemovesNothing()
    {
        await SealAsync(6);
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Subject = 'rule:99' WHERE Position = 4");
        Store.Clock.Advance(TimeSpan.FromDays(100));

        AuditPruning pruning = await Retention.PruneAsync(Kept, TestStore.Ada, default);

        Assert.Equal((0L, 4L), (pruning.Removed, pruning.Fault!.Position));
        Assert.Equal(6, (await Store.SealedAsync()).Count);
    }

    [Fact]
    public async Task Prune_FaultAfterWhatGoes_RemovesTheOldAndLeavesTheFault()
    {
        await SealAsync(3);
        Store.Clock.Advance(TimeSpan.FromDays(100));
        await SealAsync(3);
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Subject = 'rule:99' WHERE Position = 5");

        Assert.Equal(3, (await Retention.PruneAsync(Kept, TestStore.Ada, default)).Removed);

        Assert.Equal(5, (await Verifier.VerifyAsync(anchor: null, default)).Fault!.Position);
    }

    [Fact]
    public async Task Prune_StoppedAfterItsCheckpoint_IsCompletedTheNextTime()
    {
        await SealAsync(4);
        DateTime now = Store.Clock.GetUtcNow().UtcDateTime;
        await using PortalDbContext db = Store.CreateDbContext();
        db.AuditCheckpoints.Add(new AuditCheckpoint { Position = 3, Hash = (await Store.SealedAsync())[2].Hash!, Count = 3, UntilUtc = now, MadeUtc = now });
        await db.SaveChangesAsync();
        Assert.Equal((1L, 3L), await VerifiedAsync());

        Assert.Equal(3, (await Retention.PruneAsync(Kept, TestStore.Ada, default)).Removed);

        Assert.Equal((1L, 3L), await VerifiedAsync());
    }

    [Fact]
    public async Task Verify_CheckpointForged_SaysWhere()
    {
        await SealAsync(6);
        await Store.WithoutTriggersAsync("INSERT INTO AuditCheckpoints (Position, Hash, Count, UntilUtc, MadeUtc) VALUES (3, {0}, 3, {1}, {1})", AuditHash.Origin, Store.Clock.GetUtcNow().UtcDateTime);

        AuditFault fault = (await Verifier.VerifyAsync(anchor: null, default)).Fault!;

        Assert.Equal((AuditFaultKind.Altered, 4L), (fault.Kind, fault.Position));
    }

    [Fact]
    public async Task Prune_ManyEntries_GoInRounds()
    {
        await SealAsync(5200);
        Store.Clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(5200, (await Retention.PruneAsync(Kept, TestStore.Ada, default)).Removed);

        Assert.Empty(await Store.SealedAsync());
    }

    private async Task SealAsync(int count)
    {
        await Store.WriteEntriesAsync(count);
        await new AuditSealer(Store, Store.Clock).SealAsync(default);
    }

    private async Task<(long Verified, long Removed)> VerifiedAsync()
    {
        AuditVerification found = await Verifier.VerifyAsync(anchor: null, default);
        Assert.Null(found.Fault);
        return (found.Verified, found.Removed);
    }
}

public sealed class SqliteAuditRetentionTests() : AuditRetentionTests(StoreKind.Sqlite);

public sealed class SqlServerAuditRetentionTests() : AuditRetentionTests(StoreKind.SqlServer);
