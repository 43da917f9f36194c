using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.TestSupport.Identity;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security.Sessions;

/// <summary>A session follows what the identity provider says of the person, at the interval that is configured.</summary>
public abstract class SessionRecheckTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly PortalWithProvider pair;

    private protected SessionRecheckTests(PortalWithProvider pair)
    {
        this.pair = pair;
        pair.Provider.Person = new StandInPerson();
        pair.Provider.Faults = new StandInFaults();
    }

    [Fact]
    public async Task Roles_Changed_CountFromTheNextCheckOn()
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        pair.Provider.Person = pair.Provider.Person with { Roles = ["RulePortal.Reader"] };
        var redeemed = pair.Provider.Redeemed;

        pair.Time.Advance(Interval - Tick);
        Assert.Equal("Contributor", await RoleAsync(client));
        Assert.Equal(redeemed, pair.Provider.Redeemed);
        pair.Time.Advance(Tick);
        Assert.Equal("Reader", await RoleAsync(client));
        Assert.Equal(redeemed + 1, pair.Provider.Redeemed);

        pair.Provider.Person = pair.Provider.Person with { Roles = [], Groups = ["soc-tier-1"] };
        pair.Time.Advance(Interval);
        Assert.Equal("Responder", await RoleAsync(client));
        Assert.Equal(redeemed + 2, pair.Provider.Redeemed);
    }

    [Fact]
    public async Task Roles_Lost_EndTheSessionAndSayWhy()
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        pair.Provider.Person = pair.Provider.Person with { Roles = [] };
        pair.Time.Advance(Interval);

        await AssertEndedAsync(client, SessionEnding.NoRole, "Your account has no role in this portal any more.");
        pair.Provider.Person = pair.Provider.Person with { Roles = ["RulePortal.Contributor"] };
        pair.Time.Advance(Interval);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, "/"));
    }

    [Theory]
    [InlineData("invalid_grant")]
    [InlineData("interaction_required")]
    public async Task Refresh_Refused_EndsTheSession(string error)
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        pair.Provider.Faults = new StandInFaults { RefreshError = error };
        pair.Time.Advance(Interval);

        await AssertEndedAsync(client, SessionEnding.Refused, "Your identity provider vouches for your sign-in no longer.");
    }

    /// <summary>What keeps the roles from being confirmed although nobody says no.</summary>
    public static TheoryData<string> Troubles { get; } = ["down", "temporarily_unavailable", "invalid_client", "no id token", "issuer", "audience", "tampered", "unsigned", "expired"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Provider_NoAnswerThatCounts_KeepsTheSessionForTheGraceAlone(string trouble)
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        pair.Provider.Faults = Fault(trouble);
        pair.Provider.Person = pair.Provider.Person with { Roles = ["RulePortal.Administrator"] };

        pair.Time.Advance(Interval);
        Assert.Equal("Contributor", await RoleAsync(client));
        pair.Time.Advance(Grace - Tick);
        Assert.Equal("Contributor", await RoleAsync(client));
        pair.Time.Advance(Tick);
        await AssertEndedAsync(client, SessionEnding.Unconfirmed, "Your identity provider could not be asked about your roles for too long.");
    }

    [Fact]
    public async Task Provider_BackWithinTheGrace_ConfirmsTheSession()
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        pair.Provider.Faults = new StandInFaults { Down = true };
        pair.Time.Advance(Interval);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/"));
        var failed = await pair.LastSessionAsync();
        Assert.NotNull(failed.CheckFailedUtc);

        pair.Provider.Faults = new StandInFaults();
        pair.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/"));
        Assert.NotNull((await pair.LastSessionAsync()).CheckFailedUtc);
        pair.Time.Advance(Tick);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/"));
        Assert.Null((await pair.LastSessionAsync()).CheckFailedUtc);
    }

    [Fact]
    public async Task Provider_AwayWhenSomebodyComesBackAfterHours_LetsThemInNoMore()
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        pair.Provider.Faults = new StandInFaults { Down = true };
        pair.Time.Advance(TimeSpan.FromHours(3));
        await AssertEndedAsync(client, SessionEnding.Unconfirmed, "for too long");
    }

    [Fact]
    public async Task Provider_GivesNoRefreshToken_TheSessionLastsForTheGrace()
    {
        pair.Provider.Faults = new StandInFaults { NoRefreshToken = true };
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        pair.Time.Advance(Interval + Grace - Tick);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/"));
        pair.Time.Advance(Tick);
        await AssertEndedAsync(client, SessionEnding.Unconfirmed, "for too long");
        Assert.Contains(pair.Logs.Lines, line => line.Contains("gave no refresh token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Provider_AnswersWithSomebodyElse_EndsTheSession()
    {
        using var client = await pair.SignedInAsync("RulePortal.Reader");
        pair.Provider.Faults = new StandInFaults { ConfusesPeople = true };
        pair.Provider.Person = pair.Provider.Person with { ObjectId = Guid.NewGuid().ToString(), Roles = ["RulePortal.Administrator"] };
        pair.Time.Advance(Interval);
        await AssertEndedAsync(client, SessionEnding.Refused, "vouches for your sign-in no longer");
    }

    [Fact]
    public async Task Provider_RolledItsKey_ConfirmsTheSession()
    {
        using var own = new PortalWithProvider(pair.Provider.Shape);
        using var client = await own.SignedInAsync("RulePortal.Reader");
        own.Provider.Keys.Roll();
        own.Time.Advance(Interval);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        Assert.Null((await own.LastSessionAsync()).CheckFailedUtc);
    }

    [Fact]
    public async Task Requests_ManyAtOnceWhenDue_RedeemOnce()
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        pair.Time.Advance(Interval);
        var redeemed = pair.Provider.Redeemed;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(client, "/")));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(redeemed + 1, pair.Provider.Redeemed);
    }

    [Fact]
    public async Task Session_EndedByAnAdministrator_IsOverAtOnce()
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        var session = await pair.LastSessionAsync();
        Assert.True(await pair.Portal.Services.GetRequiredService<SessionStore>().EndAsync(session.Id, SessionEnding.ByAdministrator, Actor.System, default));
        await AssertEndedAsync(client, SessionEnding.ByAdministrator, "An administrator ended it.");
    }

    [Fact]
    public async Task Session_SignedInAnew_EndsTheOneBefore()
    {
        using var client = await pair.SignedInAsync("RulePortal.Contributor");
        var before = await pair.LastSessionAsync();
        pair.Time.Advance(Tick);
        using var back = await pair.SignInAsync(client, "/signin/provider?returnUrl=/");
        Assert.Equal("/", back.Headers.Location?.OriginalString);

        var ended = await pair.Portal.Services.GetRequiredService<SessionStore>().FindAsync(before.Id, default);
        Assert.Equal(SessionEnding.Replaced, ended!.Ending);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/"));
        Assert.NotEqual(before.Id, (await pair.LastSessionAsync()).Id);
    }

    private static async Task<string> RoleAsync(HttpClient client)
    {
        const string Before = "with the role ";
        var page = await client.GetStringAsync("/denied");
        Assert.Contains(Before, page, StringComparison.Ordinal);
        return page[(page.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].Split('.')[0];
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string page)
    {
        using var answer = await client.GetAsync(page);
        return answer.StatusCode;
    }

    private async Task AssertEndedAsync(HttpClient client, SessionEnding ending, string words)
    {
        using var page = await client.GetAsync("/alerts?status=New");
        Assert.Equal($"/signin?ended={ending}&returnUrl=%2Falerts%3Fstatus%3DNew", page.Headers.Location?.OriginalString);
        Assert.Contains(words, WebUtility.HtmlDecode(await client.GetStringAsync(page.Headers.Location)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, "/api/v1/alerts"));
        var session = await pair.LastSessionAsync();
        Assert.Equal(ending, session.Ending);
        Assert.Null(session.ProtectedTokens);
    }

    private static StandInFaults Fault(string trouble) => trouble switch
    {
        "down" => new StandInFaults { Down = true },
        "no id token" => new StandInFaults { NoIdTokenOnRefresh = true },
        "issuer" => new StandInFaults { Issuer = "https://login.evil.test/v2.0" },
        "audience" => new StandInFaults { Audience = Guid.Empty.ToString() },
        "tampered" => new StandInFaults { Tampered = true },
        "unsigned" => new StandInFaults { Unsigned = true },
        "expired" => new StandInFaults { Expired = true },
        _ => new StandInFaults { RefreshError = trouble },
    };
}

public sealed class EntraSessionRecheckTests(PortalWithEntra pair) : SessionRecheckTests(pair.Pair), IClassFixture<PortalWithEntra>;

public sealed class OpenIdConnectSessionRecheckTests(PortalWithStandardProvider pair) : SessionRecheckTests(pair.Pair), IClassFixture<PortalWithStandardProvider>;
