using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Administration.Auditing;

namespace RulePortal.Web.Tests.Features.Administration;

public sealed class AuditKeeperTests : IDisposable
{
    private readonly AlertStore store = new();
    private readonly AuditQueries queries;
    private readonly AuditKeeper keeper;

    public AuditKeeperTests()
    {
        queries = new AuditQueries(store);
        var verifier = new AuditVerifier(store, store.Clock);
        keeper = new AuditKeeper(
            new AuditSealer(store, store.Clock),
            verifier,
            new AuditRetention(store, verifier, store.Clock),
            queries,
            Options.Create(new AuditSettings { Retention = TimeSpan.FromDays(90) }),
            store.Clock,
            NullLogger<AuditKeeper>.Instance);
    }

    public void Dispose()
    {
        keeper.Dispose();
        store.Dispose();
    }

    [Fact]
    public async Task Keep_NewEntries_AreSealedAndTheChainIsVerified()
    {
        await WriteAsync(2);

        await keeper.KeepAsync(default);

        var chain = await queries.ChainAsync(default);
        Assert.Equal((2L, 0, store.Now), (chain.Sealed, chain.Waiting, chain.Head!.VerifiedUtc));
        Assert.Null(chain.Head.Fault);
    }

    [Fact]
    public async Task Keep_WithinADay_DoesNotVerifyAgain()
    {
        await keeper.KeepAsync(default);
        var verified = (await queries.ChainAsync(default)).Head!.VerifiedUtc;
        store.Clock.Advance(TimeSpan.FromHours(23));
        await keeper.KeepAsync(default);
        Assert.Equal(verified, (await queries.ChainAsync(default)).Head!.VerifiedUtc);

        store.Clock.Advance(TimeSpan.FromHours(1));
        await keeper.KeepAsync(default);
        Assert.Equal(store.Now, (await queries.ChainAsync(default)).Head!.VerifiedUtc);
    }

    [Fact]
    public async Task Keep_PastTheRetention_LetsEntriesGo()
    {
        await WriteAsync(2);
        await keeper.KeepAsync(default);
        store.Clock.Advance(TimeSpan.FromDays(91));
        await keeper.KeepAsync(default);

        Assert.Equal(2, (await queries.ChainAsync(default)).Checkpoint!.Position);
        Assert.Equal([AuditActions.AuditPrune], await queries.StreamAsync(AuditFilter.Everything, default).Select(entry => entry.Action).ToListAsync());
    }

    [Fact]
    public async Task Keep_BrokenChain_IsNotedAndNothingGoes()
    {
        await WriteAsync(2);
        await keeper.KeepAsync(default);
        await using (var db = store.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("UPDATE AuditEntries SET ActorName = 'Nobody' WHERE Position = 1");
        }

        store.Clock.Advance(TimeSpan.FromDays(91));
        await keeper.KeepAsync(default);

        var chain = await queries.ChainAsync(default);
        Assert.Equal("Entry 1 at position 1 is not what was sealed: it was altered.", chain.Head!.Fault);
        Assert.Null(chain.Checkpoint);
    }

    [Fact]
    public async Task Keep_HeadRemoved_GoesOnTrying()
    {
        await WriteAsync(1);
        await using (var db = store.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("DELETE FROM AuditChainHeads");
        }

        await keeper.KeepAsync(default);

        Assert.Null((await queries.ChainAsync(default)).Head);
    }

    [Fact]
    public async Task Stop_WhatIsLeft_IsSealed()
    {
        await keeper.StartAsync(default);
        await WriteAsync(3);

        await keeper.StopAsync(default);

        Assert.Equal(3, (await queries.ChainAsync(default)).Sealed);
    }

    private Task WriteAsync(int count) => new AuditRecorder(store).AppendAsync(
        [.. Enumerable.Range(1, count).Select(number => new AuditEntry(store.Now, Actor.System, AuditActions.RuleSave, $"rule:{number}"))], default);
}
