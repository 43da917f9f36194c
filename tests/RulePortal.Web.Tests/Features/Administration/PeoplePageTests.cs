using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Administration.People;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Sessions;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Administration;

public sealed class PeoplePageTests : PageContext
{
    private static readonly Actor Me = new("dev:administrator", "Development Administrator") { Origin = "192.0.2.1" };
    private static readonly Actor Bob = new("entra:t/bob", "Bob\u202e") { Origin = "192.0.2.7" };

    public PeoplePageTests()
    {
        Services.AddSingleton<SessionStore>();
        Services.AddSingleton<PeopleReader>();
        Services.AddSingleton(Options.Create(new SignInSettings { Mode = SignInMode.Development }));
    }

    private SessionStore Sessions => Services.GetRequiredService<SessionStore>();

    [Fact]
    public void Page_NobodySeen_SaysWhoWouldBeHere()
    {
        SignIn("Administrator");

        var page = RenderPage<PeoplePage>();

        page.WaitForAssertion(() => Assert.Equal("Nobody yet", page.Find(".state-title").TextContent));
    }

    [Fact]
    public void Page_StoreNotReadable_SaysSoAndTriesAgain()
    {
        SignIn("Administrator");
        Gate.Fails = true;
        var page = RenderPage<PeoplePage>();
        page.WaitForAssertion(() => Assert.Contains("The people could not be read", page.Markup, StringComparison.Ordinal));

        Gate.Fails = false;
        Button(page, "Try again").Click();

        page.WaitForAssertion(() => Assert.Equal("Nobody yet", page.Find(".state-title").TextContent));
    }

    [Fact]
    public async Task Page_PeopleWithSessionsAndWithout_ShowsARowForEach()
    {
        await BeginAsync(Me, "Administrator");
        var gone = await BeginAsync(Bob, "Reader", "Responder");
        await Sessions.EndAsync(gone.Id, SessionEnding.SignedOut, Bob, CancellationToken.None);
        Time.Advance(TimeSpan.FromHours(1));
        SignIn("Administrator");

        var page = RenderPage<PeoplePage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.Equal("1 open session of 2 people seen", page.Find(".page-header-subtitle").TextContent);
        var bob = Words(Row(page, "Bob").TextContent);
        Assert.Contains("Reader, Responder", bob, StringComparison.Ordinal);
        Assert.Contains("entra:t/bob", bob, StringComparison.Ordinal);
        Assert.EndsWith("none", bob.Trim(), StringComparison.Ordinal);
        // A name cannot turn the line around.
        Assert.DoesNotContain('\u202e', page.Markup);
        var me = Words(Row(page, "(you)").TextContent);
        Assert.Contains("Signed in 1 h ago from 192.0.2.1", me, StringComparison.Ordinal);
        Assert.DoesNotContain("Roles confirmed", page.Markup, StringComparison.Ordinal);
        Assert.Contains("nobody confirms roles afterwards", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_RolesAreRechecked_SaysWhenTheyWereConfirmed()
    {
        Services.AddSingleton<IRoleCheck>(new NoCheck());
        var early = await BeginAsync(Bob, "Reader");
        Time.Advance(TimeSpan.FromMinutes(20));
        await Sessions.ConfirmAsync(early.Id, ["Reader"], null, CancellationToken.None);
        await BeginAsync(Bob, "Reader");
        Time.Advance(TimeSpan.FromMinutes(3));
        SignIn("Administrator");

        var page = RenderPage<PeoplePage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".people-sessions li").Count));
        var open = page.FindAll(".people-sessions li").Select(li => Words(li.TextContent)).ToList();
        Assert.StartsWith("Signed in 3 min ago from 192.0.2.7", open[0], StringComparison.Ordinal);
        Assert.EndsWith("Roles confirmed at sign-in", open[0], StringComparison.Ordinal);
        Assert.StartsWith("Signed in 23 min ago from 192.0.2.7", open[1], StringComparison.Ordinal);
        Assert.EndsWith("Roles confirmed 3 min ago", open[1], StringComparison.Ordinal);
        Assert.Contains("confirmed with the identity provider every 5 min", page.Find(".people-hint").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndSessions_OfAnother_AsksFirstThenEndsAllAndIsAudited()
    {
        await BeginAsync(Bob, "Reader");
        await BeginAsync(Bob, "Reader");
        SignIn("Administrator");
        var page = RenderPage<PeoplePage>();

        Ask(page);
        Assert.Contains("2 sessions on this list", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
        Assert.Contains("within 15 seconds", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await OpenAsync());
        await DialogButton(page, "End sessions").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("2 sessions of Bob", page.Markup, StringComparison.Ordinal));
        Assert.Equal(0, await OpenAsync());
        await using var db = await Store.CreateDbContextAsync();
        var entries = await db.AuditEntries.Where(entry => entry.Action == AuditActions.SessionEnd).ToListAsync();
        Assert.Equal(["dev:administrator", "dev:administrator"], entries.Select(entry => entry.ActorId));
        Assert.All(await db.Sessions.ToListAsync(), session => Assert.Equal(SessionEnding.ByAdministrator, session.Ending));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("button[aria-label^='End sessions']")));
    }

    [Fact]
    public async Task EndSessions_Kept_EndsNone()
    {
        await BeginAsync(Bob, "Reader");
        SignIn("Administrator");
        var page = RenderPage<PeoplePage>();

        Ask(page);
        await DialogButton(page, "Keep").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=dialog]")));
        Assert.Equal(1, await OpenAsync());
    }

    [Fact]
    public async Task EndSessions_Own_SaysThatItIsYouAndLeaves()
    {
        var mine = await BeginAsync(Me, "Administrator");
        SignIn("Administrator");
        Authorization.SetClaims(new Claim(PortalPrincipal.ActorClaim, Me.Id), new Claim(PortalPrincipal.SessionClaim, mine.Id.ToString()));
        var page = RenderPage<PeoplePage>();
        page.WaitForAssertion(() => Assert.Contains("this browser", page.Markup, StringComparison.Ordinal));

        Ask(page);
        Assert.Contains("This is you", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
        Assert.Contains("this browser's among them", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
        await DialogButton(page, "End my sessions").ClickAsync(new());

        page.WaitForAssertion(() => Assert.EndsWith("/administration/people", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(0, await OpenAsync());
    }

    [Fact]
    public async Task EndSessions_RoleLostMeanwhile_IsRefusedAndEndsNone()
    {
        await BeginAsync(Bob, "Reader");
        SignIn("Administrator");
        var page = RenderPage<PeoplePage>();
        Ask(page);

        SignIn("Contributor");
        await DialogButton(page, "End sessions").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("This needs the role Administrator.", page.Markup, StringComparison.Ordinal));
        Assert.Equal(1, await OpenAsync());
    }

    [Fact]
    public async Task EndSessions_EndedMeanwhile_SaysSo()
    {
        var session = await BeginAsync(Bob, "Reader");
        SignIn("Administrator");
        var page = RenderPage<PeoplePage>();
        Ask(page);

        await Sessions.EndAsync(session.Id, SessionEnding.SignedOut, Bob, CancellationToken.None);
        await DialogButton(page, "End sessions").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("had no open session any more", page.Markup, StringComparison.Ordinal));
    }

    private static void Ask(IRenderedComponent<IComponent> page)
    {
        page.WaitForAssertion(() => Assert.NotNull(page.Find("button[aria-label^='End sessions']")));
        // The click is over when the dialog is closed, so it is not waited for.
        _ = page.Find("button[aria-label^='End sessions']").ClickAsync(new());
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[role=dialog]")));
    }

    private static IElement Button(IRenderedComponent<IComponent> page, string text) => page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static IElement DialogButton(IRenderedComponent<IComponent> page, string text) => page.FindAll("[role=dialog] button").Single(button => button.TextContent.Trim() == text);

    private static IElement Row(IRenderedComponent<IComponent> page, string text) => page.FindAll("tbody tr").Single(row => row.TextContent.Contains(text, StringComparison.Ordinal));

    private static string Words(string text) => string.Join(' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private async Task<PortalSession> BeginAsync(Actor actor, params string[] roles)
    {
        var key = await Sessions.BeginAsync(new NewSession("Development", actor, roles, TimeSpan.FromHours(10), ProtectedTokens: null), CancellationToken.None);
        return (await Sessions.FindByKeyAsync(key, CancellationToken.None))!;
    }

    private async Task<int> OpenAsync()
    {
        await using var db = await Store.CreateDbContextAsync();
        return await db.Sessions.CountAsync(session => session.EndedUtc == null);
    }

    private sealed class NoCheck : IRoleCheck
    {
        public RecheckPolicy Policy { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));

        public Task<RoleAnswer> AskAsync(PortalSession session, CancellationToken cancellationToken) => Task.FromResult(RoleAnswer.None);
    }
}
