using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Data.Security;
using RulePortal.TestSupport.Identity;
using RulePortal.Web.Security.Sessions;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security.Providers;

/// <summary>Signing in with an identity provider outside Development: the application's own code against a provider in memory.</summary>
public abstract class ProviderSignInTests
{
    private readonly PortalWithProvider pair;

    private protected ProviderSignInTests(PortalWithProvider pair)
    {
        this.pair = pair;
        pair.Provider.Person = new StandInPerson();
        pair.Provider.Faults = new StandInFaults();
    }

    [Fact]
    public async Task Page_Anonymous_LeadsToTheProviderByCodeWithPkce()
    {
        using var client = pair.Portal.Anonymous();
        using var answer = await client.GetAsync("/not-found");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(pair.Provider.Address.ToString(), answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(answer.Headers.Location.Query);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("form_post", query["response_mode"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal("https://localhost/signin-oidc", query["redirect_uri"]);
        Assert.Contains("offline_access", query["scope"].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RulePortal.Reader", "", "with the role Reader")]
    [InlineData("RulePortal.Contributor", "", "with the role Contributor")]
    [InlineData("RulePortal.Administrator", "", "with the role Administrator")]
    [InlineData("", "soc-tier-2", "with the role Responder")]
    [InlineData("RulePortal.Reader", "soc-tier-1", "with the role Responder")]
    public async Task SignIn_WithARoleOrGroup_GivesThatRole(string role, string group, string words)
    {
        pair.Provider.Person = new StandInPerson { Roles = role.Length == 0 ? [] : [role], Groups = group.Length == 0 ? [] : ["others", group] };
        using var client = pair.Portal.Anonymous();
        using var back = await pair.SignInAsync(client);
        Assert.Equal("/not-found?x=1", back.Headers.Location?.OriginalString);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        var denied = await client.GetStringAsync("/denied");
        Assert.Contains("fay@example.test", denied, StringComparison.Ordinal);
        Assert.Contains(words, denied, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", false, "It has no role in this portal")]
    [InlineData("Contributor", "Soc-Tier-1", false, "It has no role in this portal")]
    [InlineData("", "", true, "in more groups than the identity provider puts into a token")]
    public async Task SignIn_WithoutARole_IsRefusedWithAWordAndNoSession(string role, string group, bool tooMany, string words)
    {
        pair.Provider.Person = new StandInPerson { Roles = [role], Groups = [group], TooManyGroups = tooMany };
        using var client = pair.Portal.Anonymous();
        using var back = await pair.SignInAsync(client);
        Assert.DoesNotContain(back.Headers.GetValues("Set-Cookie"), c => c.Contains("RulePortal.Session", StringComparison.Ordinal));
        var page = await client.GetStringAsync(back.Headers.Location);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("fay@example.test", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/openapi/v1.json")).StatusCode);
        Assert.DoesNotContain("evil", await client.GetStringAsync("/denied?why=NoRole&account=evil"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithARoleAndTooManyGroups_CountsTheRole()
    {
        pair.Provider.Person = new StandInPerson { TooManyGroups = true };
        using var client = await pair.SignedInAsync("RulePortal.Reader");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    /// <summary>What is wrong with the token.</summary>
    public static TheoryData<string> BadTokens { get; } = ["audience", "issuer", "other tenant", "nonce", "tampered", "expired", "unknown key", "unsigned"];

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task SignIn_TokenThatIsNotGood_LeadsBackWithAWord(string wrong)
    {
        pair.Provider.Person = new StandInPerson { Roles = ["RulePortal.Contributor"] };
        pair.Provider.Faults = Fault(wrong);
        using var client = pair.Portal.Anonymous();
        using var back = await pair.SignInAsync(client);
        Assert.Equal("/signin?failed=true", back.Headers.Location?.OriginalString);
        Assert.Contains("Signing in did not succeed", await client.GetStringAsync("/signin?failed=true"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/")).StatusCode);

        pair.Provider.Faults = new StandInFaults();
        using var good = await pair.SignInAsync(client);
        Assert.Equal("/not-found?x=1", good.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_KeyRolledOver_Succeeds()
    {
        // A portal of its own: a key that cannot be found has the keys fetched once in five minutes.
        using var own = new PortalWithProvider(pair.Provider.Shape);
        using var before = await own.SignedInAsync("RulePortal.Reader");
        own.Provider.Keys.Roll();
        using var after = await own.SignedInAsync("RulePortal.Reader");
        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task SignIn_FailedTooOftenFromOneAddress_IsNotLookedAtForAWhile()
    {
        using var own = new PortalWithProvider(pair.Provider.Shape, ("Limits:FailuresPerMinutePerAddress", "3"));
        own.Provider.Faults = Fault("nonce");
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 4; n++)
        {
            using var client = own.Portal.Anonymous();
            using var back = await own.SignInAsync(client);
            answers.Add(back.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.TooManyRequests], answers);
        // Keys are counted apart.
        using var key = await own.Portal.WithKeyAsync(ApiKeyRole.Reader);
        using var answer = await key.GetAsync("/api/v1/alerts/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_AnswerSentTwice_CountsOnce()
    {
        pair.Provider.Person = new StandInPerson { Roles = ["RulePortal.Contributor"] };
        using var client = pair.Portal.Anonymous();
        using var answer = await pair.AtProviderAsync(client);
        var sent = await answer.ReadAsStringAsync();
        using var first = await client.PostAsync("/signin-oidc", Form(sent));
        Assert.Equal("/not-found?x=1", first.Headers.Location?.OriginalString);

        using var again = await client.PostAsync("/signin-oidc", Form(sent));
        Assert.Equal("/signin?failed=true", again.Headers.Location?.OriginalString);
        using var thief = pair.Portal.Anonymous();
        using var stolen = await thief.PostAsync("/signin-oidc", Form(sent));
        Assert.Equal("/signin?failed=true", stolen.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task SignIn_AnswerForAnotherBrowser_IsRefused()
    {
        pair.Provider.Person = new StandInPerson { Roles = ["RulePortal.Contributor"] };
        using var attacker = pair.Portal.Anonymous();
        using var attackersAnswer = await pair.AtProviderAsync(attacker);
        using var victim = pair.Portal.Anonymous();
        using var own = await victim.GetAsync("/");
        using var back = await victim.PostAsync("/signin-oidc", attackersAnswer);
        Assert.Equal("/signin?failed=true", back.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_UsingAnotherAccount_AsksTheProviderToAsk()
    {
        using var client = pair.Portal.Anonymous();
        using var answer = await client.GetAsync("/signin/provider?returnUrl=//evil.test&another=true");
        Assert.Equal(pair.Provider.Shape is StandInShape.Entra ? "select_account" : "login", QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["prompt"]);
    }

    [Fact]
    public async Task Session_OutsideDevelopment_IsSecureAndOfThisHostOnlyAndHoldsNobody()
    {
        pair.Provider.Person = new StandInPerson { Roles = ["RulePortal.Reader"] };
        using var client = pair.Portal.Anonymous();
        using var back = await pair.SignInAsync(client);
        var session = Assert.Single(back.Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-RulePortal.Session=", StringComparison.Ordinal));
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/" })
        {
            Assert.Contains(attribute, session, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("expires", session, StringComparison.Ordinal);
        Assert.True(session.Length < 600, $"The cookie is {session.Length} characters long.");
    }

    [Fact]
    public async Task SignOut_AtTheProviderToo_EndsBothSessions()
    {
        using var client = await pair.SignedInAsync("RulePortal.Reader");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = await PortalFactory.FormTokenAsync(client, "/denied"),
        });
        using var answer = await client.PostAsync("/signout", form);
        var query = QueryHelpers.ParseQuery(answer.Headers.Location!.Query);
        Assert.Contains("/logout?", answer.Headers.Location.OriginalString, StringComparison.Ordinal);
        Assert.Equal("https://localhost/signout-callback-oidc", query["post_logout_redirect_uri"]);
        Assert.Equal(pair.Provider.ClientId, query["client_id"]);
        Assert.Contains(query["id_token_hint"].ToString(), pair.Provider.Secrets);
        Assert.EndsWith($"form-action 'self' {pair.Provider.Address.ToString().TrimEnd('/')}", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);

        using var back = await client.GetAsync("/signout-callback-oidc?state=" + Uri.EscapeDataString(query["state"].ToString()));
        Assert.Equal("/signin", back.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignOut_AskedForByAForeignPage_IsNotThere()
    {
        using var client = await pair.SignedInAsync("RulePortal.Reader");
        using var answer = await client.GetAsync("/signout-oidc");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Answer_OutsideDevelopment_InsistsOnHttps()
    {
        using var client = pair.Portal.Anonymous();
        using var secure = await client.GetAsync("https://portal.example.test/signin");
        Assert.Contains("max-age=", Assert.Single(secure.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        using var plain = await client.GetAsync("http://portal.example.test/signin");
        Assert.Equal("https://portal.example.test/signin", plain.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task DevelopmentSignIn_UnderAProvider_DoesNotExist()
    {
        using var client = pair.Portal.Anonymous();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["role"] = "Contributor",
            ["__RequestVerificationToken"] = "none",
        });
        using var answer = await client.PostAsync("/signin/development", form);
        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    private static StringContent Form(string content) => new(content, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");

    private StandInFaults Fault(string wrong) => wrong switch
    {
        "audience" => new StandInFaults { Audience = "66666666-6666-6666-6666-666666666666" },
        "issuer" => new StandInFaults { Issuer = "https://login.evil.test/v2.0" },
        "other tenant" => new StandInFaults { Issuer = pair.Provider.Issuer.Replace(StandInProvider.Tenant, Guid.Empty.ToString(), StringComparison.Ordinal).Replace("/soc", "/other", StringComparison.Ordinal) },
        "nonce" => new StandInFaults { Nonce = "another" },
        "tampered" => new StandInFaults { Tampered = true },
        "expired" => new StandInFaults { Expired = true },
        "unknown key" => new StandInFaults { UnknownKey = true },
        _ => new StandInFaults { Unsigned = true },
    };
}

public sealed class EntraSignInTests(PortalWithEntra pair) : ProviderSignInTests(pair.Pair), IClassFixture<PortalWithEntra>;

public sealed class OpenIdConnectSignInTests(PortalWithStandardProvider pair) : ProviderSignInTests(pair.Pair), IClassFixture<PortalWithStandardProvider>;
