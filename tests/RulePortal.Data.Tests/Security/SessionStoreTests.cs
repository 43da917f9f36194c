using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Security;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Security;

public abstract class SessionStoreTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly Actor Person = new("entra:t/ada", "Ada");
    private static readonly NewSession Ada = new("EntraId", Person, ["Reader", "Responder"], TimeSpan.FromHours(10), "tokens");

    private SessionStore Sessions => new(Store, Store.Clock);

    [Fact]
    public async Task BeginAsync_Session_IsFoundByItsKeyOnlyAndTheKeyIsNotStored()
    {
        string key = await Sessions.BeginAsync(Ada, default);

        PortalSession found = (await Sessions.FindByKeyAsync(key, default))!;
        Assert.Equal(["Reader", "Responder"], found.RoleList);
        Assert.Equal(Store.Clock.GetUtcNow().UtcDateTime.AddHours(10), found.EndsUtc);
        Assert.Equal(found.Id, (await Sessions.FindAsync(found.Id, default))!.Id);
        Assert.Null(await Sessions.FindByKeyAsync(key + "A", default));
        Assert.Null(await Sessions.FindByKeyAsync(Convert.ToBase64String(found.KeyHash), default));
        Assert.Equal(43, key.Length);
    }

    [Fact]
    public async Task TryBeginCheckAsync_ManyAtOnce_OneMay()
    {
        PortalSession seen = await BeginAsync();

        bool[] may = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Sessions.TryBeginCheckAsync(seen, default)));
        Store.Clock.Advance(TimeSpan.FromSeconds(1));
        bool late = await Sessions.TryBeginCheckAsync(seen, default);

        Assert.Single(may, yes => yes);
        Assert.False(late);
        Assert.True(await Sessions.TryBeginCheckAsync((await Sessions.FindAsync(seen.Id, default))!, default));
    }

    [Fact]
    public async Task ConfirmAsync_OtherRoles_ReplacesThemAndTheTokens()
    {
        PortalSession begun = await BeginAsync();
        Store.Clock.Advance(TimeSpan.FromMinutes(5));
        await Sessions.NoteFailedCheckAsync(begun.Id, protectedTokens: null, default);
        Store.Clock.Advance(TimeSpan.FromMinutes(5));
        await Sessions.ConfirmAsync(begun.Id, ["Contributor"], "other tokens", default);

        PortalSession found = (await Sessions.FindAsync(begun.Id, default))!;
        Assert.Equal(["Contributor"], found.RoleList);
        Assert.Equal("other tokens", found.ProtectedTokens);
        Assert.Equal(Store.Clock.GetUtcNow().UtcDateTime, found.CheckedUtc);
        Assert.Null(found.CheckFailedUtc);
        await using PortalDbContext db = Store.CreateDbContext();
        AuditEntry entry = await db.AuditEntries.SingleAsync(e => e.Action == AuditActions.SessionChange);
        Assert.Contains("Contributor", entry.After, StringComparison.Ordinal);
        Assert.DoesNotContain("tokens", entry.Before + entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfirmAsync_SameRoles_IsNotAudited()
    {
        PortalSession begun = await BeginAsync();

        await Sessions.ConfirmAsync(begun.Id, ["Reader", "Responder"], "other tokens", default);

        await using PortalDbContext db = Store.CreateDbContext();
        Assert.Equal(AuditActions.SessionBegin, (await db.AuditEntries.SingleAsync()).Action);
    }

    [Fact]
    public async Task EndAsync_Session_EndsOnceForGoodAndForgetsItsTokens()
    {
        PortalSession begun = await BeginAsync();

        Assert.True(await Sessions.EndAsync(begun.Id, SessionEnding.ByAdministrator, Actor.System, default));
        Assert.False(await Sessions.EndAsync(begun.Id, SessionEnding.SignedOut, Actor.System, default));
        await Sessions.ConfirmAsync(begun.Id, ["Administrator"], "tokens", default);
        await Sessions.NoteFailedCheckAsync(begun.Id, protectedTokens: null, default);

        PortalSession found = (await Sessions.FindAsync(begun.Id, default))!;
        Assert.Equal(SessionEnding.ByAdministrator, found.Ending);
        Assert.Equal(SessionStanding.Over, found.StandingAt(Store.Clock.GetUtcNow().UtcDateTime, policy: null));
        Assert.Null(found.ProtectedTokens);
        Assert.Equal(["Reader", "Responder"], found.RoleList);
        Assert.False(await Sessions.TryBeginCheckAsync(found, default));
    }

    [Fact]
    public async Task EndAsync_AnothersSession_IsForAdministratorsOnly()
    {
        PortalSession begun = await BeginAsync();
        var mallory = new Actor("entra:t/mallory", "Mallory") { Rights = ActorRights.All & ~ActorRights.Administer };

        await Assert.ThrowsAsync<ActorRefusedException>(() => Sessions.EndAsync(begun.Id, SessionEnding.ByAdministrator, mallory, default));

        Assert.Null((await Sessions.FindAsync(begun.Id, default))!.Ending);
        Assert.True(await Sessions.EndAsync(begun.Id, SessionEnding.SignedOut, Person, default));
    }

    [Fact]
    public async Task EndAllAsync_OpenSessionsOfOnePerson_EndEachWithAnEntry()
    {
        await BeginAsync();
        await BeginAsync();
        PortalSession lapsed = await BeginAsync(Ada with { Length = TimeSpan.FromMinutes(1) });
        PortalSession other = await BeginAsync(Ada with { Actor = new Actor("entra:t/ADA", "Another") });
        Store.Clock.Advance(TimeSpan.FromMinutes(2));
        var administrator = new Actor("entra:t/adm", "Adm") { Rights = ActorRights.Administer, Origin = "192.0.2.1" };

        Assert.Equal(2, await Sessions.EndAllAsync(Ada.Actor.Id, SessionEnding.ByAdministrator, administrator, default));
        Assert.Equal(0, await Sessions.EndAllAsync(Ada.Actor.Id, SessionEnding.ByAdministrator, administrator, default));

        Assert.Null((await Sessions.FindAsync(other.Id, default))!.EndedUtc);
        Assert.Null((await Sessions.FindAsync(lapsed.Id, default))!.EndedUtc);
        await using PortalDbContext db = Store.CreateDbContext();
        List<AuditEntry> entries = await db.AuditEntries.Where(e => e.Action == AuditActions.SessionEnd).ToListAsync();
        Assert.Equal(2, entries.Count);
        Assert.All(entries, e => Assert.Equal((administrator.Id, "192.0.2.1"), (e.ActorId, e.Origin)));
        Assert.All(entries, e => Assert.Contains("ByAdministrator", e.After, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EndAllAsync_OwnWithoutAnyRight_EndsThemAndNobodyElses()
    {
        await BeginAsync();
        await BeginAsync(Ada with { Actor = new Actor("entra:t/bob", "Bob") });

        await Assert.ThrowsAsync<ActorRefusedException>(() => Sessions.EndAllAsync("entra:t/bob", SessionEnding.ByAdministrator, Ada.Actor, default));
        Assert.Equal(1, await Sessions.EndAllAsync(Ada.Actor.Id, SessionEnding.SignedOut, Ada.Actor, default));
    }

    [Fact]
    public async Task BeginAsync_SamePersonManyTimesAtOnce_IsOnePerson()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Sessions.BeginAsync(Ada, default)));

        await using PortalDbContext db = Store.CreateDbContext();
        Assert.Equal(Ada.Actor.Id, (await db.People.SingleAsync()).ActorId);
        Assert.Equal(4, await db.Sessions.CountAsync());
    }

    [Fact]
    public async Task SweepAsync_SessionsThatAreOver_LoseTheirTokensAndGoWithRetention()
    {
        PortalSession begun = await BeginAsync();
        await Sessions.SweepAsync(default);
        Assert.NotNull((await Sessions.FindAsync(begun.Id, default))!.ProtectedTokens);

        Store.Clock.Advance(TimeSpan.FromHours(11));
        await Sessions.SweepAsync(default);
        Assert.Null((await Sessions.FindAsync(begun.Id, default))!.ProtectedTokens);

        Store.Clock.Advance(TimeSpan.FromDays(7));
        await Sessions.SweepAsync(default);
        Assert.NotNull(await Sessions.FindAsync(begun.Id, default));
        await new RetentionSweep(Store, Store.Dialect, Store.Clock).RunAsync(new RetentionPolicy(), Actor.System, default);
        Assert.Null(await Sessions.FindAsync(begun.Id, default));
    }

    [Fact]
    public async Task Key_Stored_IsNowhereInTheTable()
    {
        string key = await Sessions.BeginAsync(Ada, default);
        await using PortalDbContext db = Store.CreateDbContext();
        PortalSession row = await db.Sessions.SingleAsync();
        Assert.DoesNotContain(key, System.Text.Json.JsonSerializer.Serialize(row), StringComparison.Ordinal);
    }

    private async Task<PortalSession> BeginAsync(NewSession? session = null) => (await Sessions.FindByKeyAsync(await Sessions.BeginAsync(session ?? Ada, default), default))!;
}

public sealed class SqliteSessionStoreTests() : SessionStoreTests(StoreKind.Sqlite);

public sealed class SqlServerSessionStoreTests() : SessionStoreTests(StoreKind.SqlServer);
