using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Auditing;

public abstract class AuditSealerTests(StoreKind kind) : StoreTests(kind)
{
    private AuditSealer Sealer => new(Store, Store.Clock);

    [Fact]
    public async Task Seal_SomeEntries_ChainsThemInOrder()
    {
        await Store.WriteEntriesAsync(3);

        Assert.Equal(3, await Sealer.SealAsync(default));

        var entries = await Store.SealedAsync();
        Assert.Equal([1L, 2L, 3L], entries.Select(entry => entry.Position!.Value));
        byte[] hash = AuditHash.Origin;
        foreach (AuditEntry entry in entries)
        {
            hash = AuditHash.Of(hash, entry.Position!.Value, entry);
            Assert.Equal(hash, entry.Hash);
        }

        AuditChainHead head = await HeadAsync();
        Assert.Equal((3L, Store.Clock.GetUtcNow().UtcDateTime), (head.Position, head.SealedUtc));
        Assert.Equal(hash, head.Hash);
    }

    [Fact]
    public async Task Seal_Again_GoesOnWhereItWas()
    {
        await Store.WriteEntriesAsync(2);
        await Sealer.SealAsync(default);
        Assert.Equal(0, await Sealer.SealAsync(default));
        await Store.WriteEntriesAsync(2);

        // Another process, as after a restart.
        Assert.Equal(2, await new AuditSealer(Store, Store.Clock).SealAsync(default));

        Assert.Equal([1L, 2L, 3L, 4L], (await Store.SealedAsync()).Select(entry => entry.Position!.Value));
    }

    [Fact]
    public async Task Seal_MoreThanOneRound_TakesAll()
    {
        await Store.WriteEntriesAsync(1203);

        Assert.Equal(1203, await Sealer.SealAsync(default));

        Assert.Equal(1203, (await HeadAsync()).Position);
    }

    [Fact]
    public async Task Seal_ManyAtOnce_GivesEachPositionOnce()
    {
        await Store.WriteEntriesAsync(700);

        int[] counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => new AuditSealer(Store, Store.Clock).SealAsync(default))));
        await Sealer.SealAsync(default);

        Assert.True(counts.Sum() <= 700);
        var entries = await Store.SealedAsync();
        Assert.Equal(Enumerable.Range(1, 700).Select(number => (long)number), entries.Select(entry => entry.Position!.Value));
        Assert.Equal(700, entries.Select(entry => entry.Id).Distinct().Count());
    }

    [Fact]
    public async Task Seal_EntryCommittedLateWithALowerId_IsNotSkipped()
    {
        await Store.WriteEntriesAsync(3);
        // As a slow transaction would: the id was given first, the row appears last.
        AuditEntry late = (await Store.UnsealedAsync())[0];
        await Store.WithoutTriggersAsync("DELETE FROM AuditEntries WHERE Id = {0}", late.Id);
        await Sealer.SealAsync(default);
        await Store.InsertAsync(late);

        Assert.Equal(1, await Sealer.SealAsync(default));

        Assert.Equal([2L, 3L, 1L], (await Store.SealedAsync()).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Seal_HeadRemoved_Stops()
    {
        await Store.WriteEntriesAsync(1);
        await Store.WithoutTriggersAsync("DELETE FROM AuditChainHeads");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Sealer.SealAsync(default));

        Assert.Empty(await Store.SealedAsync());
    }

    private async Task<AuditChainHead> HeadAsync()
    {
        await using PortalDbContext db = Store.CreateDbContext();
        return await db.AuditChainHeads.SingleAsync();
    }
}

public sealed class SqliteAuditSealerTests() : AuditSealerTests(StoreKind.Sqlite);

public sealed class SqlServerAuditSealerTests() : AuditSealerTests(StoreKind.SqlServer);
