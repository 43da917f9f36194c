using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Security;

public abstract class PeopleReaderTests(StoreKind kind) : StoreTests(kind)
{
    private const string Mode = "EntraId";

    private static readonly NewSession Ada = new(Mode, new Actor("entra:t/ada", "Ada") { Origin = "192.0.2.7" }, ["Reader", "Responder"], TimeSpan.FromHours(10), ProtectedTokens: null);
    private static readonly NewSession Bob = Ada with { Actor = new Actor("entra:t/bob", "Bob"), Roles = ["Administrator"] };

    private SessionStore Sessions => new(Store, Store.Clock);

    private DateTime Now => Store.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task ReadAsync_Nobody_IsEmpty() => Assert.Equal(0, (await ReadAsync()).Total);

    [Fact]
    public async Task ReadAsync_PersonWithSessions_TellsThemTheNewestFirst()
    {
        DateTime first = Now;
        await Sessions.BeginAsync(Ada, default);
        Store.Clock.Advance(TimeSpan.FromHours(1));
        PortalSession second = (await Sessions.FindByKeyAsync(await Sessions.BeginAsync(Ada with { Actor = new Actor("entra:t/ada", "Ada L.") }, default), default))!;
        Store.Clock.Advance(TimeSpan.FromMinutes(5));
        await Sessions.ConfirmAsync(second.Id, ["Contributor"], protectedTokens: null, default);

        SeenPerson person = Assert.Single((await ReadAsync()).People);

        Assert.Equal(("entra:t/ada", "Ada L."), (person.ActorId, person.Name));
        Assert.Equal(["Contributor"], person.Roles);
        Assert.Equal((first, Now), (person.FirstSeenUtc, person.LastSeenUtc));
        Assert.Equal([second.Id], person.Sessions.Take(1).Select(s => s.Id));
        Assert.Equal((Now, Now.AddMinutes(-5)), (person.Sessions[0].CheckedUtc, person.Sessions[0].StartedUtc));
        Assert.Equal([Origins.Unknown, "192.0.2.7"], person.Sessions.Select(s => s.Origin));
    }

    [Fact]
    public async Task ReadAsync_SessionsEndedLapsedOrOfAnotherMode_AreNotOpen()
    {
        PortalSession ended = (await Sessions.FindByKeyAsync(await Sessions.BeginAsync(Ada, default), default))!;
        await Sessions.EndAsync(ended.Id, SessionEnding.SignedOut, Ada.Actor, default);
        await Sessions.BeginAsync(Ada with { Length = TimeSpan.FromMinutes(1) }, default);
        await Sessions.BeginAsync(Ada with { Mode = "OpenIdConnect" }, default);
        Store.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(Assert.Single((await ReadAsync()).People).Sessions);
    }

    [Fact]
    public async Task ReadAsync_SeveralPeople_AreTheLastSeenFirst()
    {
        await Sessions.BeginAsync(Ada, default);
        Store.Clock.Advance(TimeSpan.FromMinutes(1));
        await Sessions.BeginAsync(Bob, default);

        SeenPeople seen = await ReadAsync();

        Assert.Equal(2, seen.Total);
        Assert.Equal(["Bob", "Ada"], seen.People.Select(p => p.Name));
        Assert.All(seen.People, p => Assert.Single(p.Sessions));
    }

    [Fact]
    public async Task ReadAsync_IdsThatDifferInCase_AreTwoPeople()
    {
        await Sessions.BeginAsync(Ada, default);
        await Sessions.BeginAsync(Ada with { Actor = new Actor("entra:t/ADA", "Another") }, default);

        Assert.Equal(2, (await ReadAsync()).People.Count);
        Assert.All((await ReadAsync()).People, p => Assert.Single(p.Sessions));
    }

    [Fact]
    public async Task ReadAsync_LastRoleLost_PersonHasNone()
    {
        PortalSession session = (await Sessions.FindByKeyAsync(await Sessions.BeginAsync(Ada, default), default))!;
        await Sessions.EndAsync(session.Id, SessionEnding.NoRole, Actor.System, default);

        Assert.Empty(Assert.Single((await ReadAsync()).People).Roles);
    }

    [Fact]
    public async Task ReadAsync_SessionOfBeforePeopleWereKept_ListsItsPerson()
    {
        await Sessions.BeginAsync(Ada, default);
        await using (PortalDbContext db = Store.CreateDbContext())
        {
            await db.People.ExecuteDeleteAsync();
        }

        SeenPeople seen = await ReadAsync();

        Assert.Equal(1, seen.Total);
        Assert.Equal(("Ada", 1), (seen.People[0].Name, seen.People[0].Sessions.Count));
        Assert.Equal(["Reader", "Responder"], seen.People[0].Roles);
    }

    [Fact]
    public async Task SweepAsync_PersonNotSeenForTwoYears_IsForgotten()
    {
        await Sessions.BeginAsync(Ada, default);
        Store.Clock.Advance(TimeSpan.FromDays(730));
        await Sessions.SweepAsync(default);
        Assert.Equal(1, (await ReadAsync()).Total);

        Store.Clock.Advance(TimeSpan.FromSeconds(1));
        await Sessions.SweepAsync(default);
        Assert.Equal(0, (await ReadAsync()).Total);
    }

    private Task<SeenPeople> ReadAsync() => new PeopleReader(Store, Store.Clock).ReadAsync(Mode, default);
}

public sealed class SqlitePeopleReaderTests() : PeopleReaderTests(StoreKind.Sqlite);

public sealed class SqlServerPeopleReaderTests() : PeopleReaderTests(StoreKind.SqlServer);
