using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Data.Security;
using RulePortal.TestSupport.Identity;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security.Providers;

/// <summary>The API takes the identity provider's access tokens beside its own keys.</summary>
public abstract class AccessTokenTests
{
    private protected const string RunsOfNoRule = "/api/v1/rules/00000000-0000-0000-0000-000000000000/runs";

    private readonly PortalWithProvider pair;

    private protected AccessTokenTests(PortalWithProvider pair)
    {
        this.pair = pair;
        pair.Provider.Person = new StandInPerson { Roles = ["RulePortal.Reader"] };
        pair.Provider.Faults = new StandInFaults();
    }

    [Theory]
    [InlineData("RulePortal.Reader", "", HttpStatusCode.Forbidden)]
    [InlineData("RulePortal.Contributor", "", HttpStatusCode.NotFound)]
    [InlineData("", "soc-tier-1", HttpStatusCode.Forbidden)]
    public async Task Token_OfAPerson_HasTheRolesItGives(string role, string group, HttpStatusCode run)
    {
        pair.Provider.Person = new StandInPerson { Roles = [role], Groups = [group] };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pair.Provider.Tokens.AccessToken()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(pair.Provider.Tokens.AccessToken(pair.Provider.ClientId)));
        Assert.Equal(run, await StatusAsync(pair.Provider.Tokens.AccessToken(), HttpMethod.Post, RunsOfNoRule));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_WithoutARole_OpensNothing(bool tooManyGroups)
    {
        pair.Provider.Person = new StandInPerson { Roles = ["Something.Else"], TooManyGroups = tooManyGroups };
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(pair.Provider.Tokens.AccessToken()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(pair.Provider.Tokens.AccessToken(), HttpMethod.Get, "/openapi/v1.json"));
    }

    /// <summary>Tokens that prove nothing.</summary>
    public static TheoryData<string> BadTokens { get; } =
    [
        "audience", "graph", "issuer", "other tenant", "tampered", "expired", "unknown key", "unsigned", "none", "secret", "own id token", "id token of another app", "garbage", "half",
    ];

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Token_ThatIsNotGood_IsRefusedWithAProblem(string wrong)
    {
        pair.Provider.Person = new StandInPerson { Roles = ["RulePortal.Contributor"] };
        using var client = pair.Portal.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Bad(wrong));
        using var answer = await client.GetAsync("/api/v1/alerts");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain("IDX", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var page = await client.GetAsync("/");
        Assert.NotEqual(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Token_KeyRolledOver_IsTaken()
    {
        using var own = new PortalWithProvider(pair.Provider.Shape);
        own.Provider.Person = new StandInPerson { Roles = ["RulePortal.Reader"] };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(own, own.Provider.Tokens.AccessToken()));
        var before = own.Provider.Tokens.AccessToken();
        own.Provider.Keys.Roll();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(own, own.Provider.Tokens.AccessToken()));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(own, before));
    }

    [Fact]
    public async Task Key_OfThePortal_CountsBesideTokens()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(await pair.Portal.CreateKeyAsync(ApiKeyRole.Reader)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("rp_" + pair.Provider.Tokens.AccessToken()));
    }

    [Fact]
    public async Task Change_WithAToken_NeedsNoPageOfOurs()
    {
        pair.Provider.Person = new StandInPerson { Roles = ["RulePortal.Contributor"] };
        using var client = pair.Portal.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pair.Provider.Tokens.AccessToken());
        client.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example.test");
        using var answer = await client.PostAsync(RunsOfNoRule, content: null);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Token_InDevelopment_IsNotTaken()
    {
        using var factory = new PortalFactory();
        using var client = factory.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", pair.Provider.Tokens.AccessToken());
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/alerts")).StatusCode);
    }

    private protected Task<HttpStatusCode> StatusAsync(string token) => StatusAsync(token, HttpMethod.Get, "/api/v1/alerts");

    private protected Task<HttpStatusCode> StatusAsync(string token, HttpMethod method, string path) => StatusAsync(pair, token, method, path);

    private static Task<HttpStatusCode> StatusAsync(PortalWithProvider pair, string token) => StatusAsync(pair, token, HttpMethod.Get, "/api/v1/alerts");

    private static async Task<HttpStatusCode> StatusAsync(PortalWithProvider pair, string token, HttpMethod method, string path)
    {
        using var client = pair.Portal.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var request = new HttpRequestMessage(method, path);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private protected void Fault(string wrong) =>
        pair.Provider.Faults = wrong switch
        {
            "audience" => new StandInFaults { Audience = "66666666-6666-6666-6666-666666666666" },
            "graph" => new StandInFaults { Audience = "https://graph.microsoft.com" },
            "issuer" => new StandInFaults { Issuer = "https://login.evil.test/v2.0" },
            "other tenant" => new StandInFaults { Issuer = pair.Provider.Issuer.Replace(StandInProvider.Tenant, Guid.Empty.ToString(), StringComparison.Ordinal).Replace("/soc", "/other", StringComparison.Ordinal) },
            "version 1 of another tenant" => new StandInFaults { Issuer = StandInProvider.IssuerOfVersion1.Replace(StandInProvider.Tenant, Guid.Empty.ToString(), StringComparison.Ordinal) },
            "tampered" => new StandInFaults { Tampered = true },
            "expired" => new StandInFaults { Expired = true },
            "unknown key" => new StandInFaults { UnknownKey = true },
            "unsigned" => new StandInFaults { Unsigned = true },
            "id token of another app" => new StandInFaults { Audience = "66666666-6666-6666-6666-666666666666" },
            _ => new StandInFaults(),
        };

    private string Bad(string wrong)
    {
        Fault(wrong);
        var tokens = pair.Provider.Tokens;
        return wrong switch
        {
            "own id token" => tokens.IdToken("nonce"),
            "id token of another app" => tokens.IdToken("nonce"),
            "none" => Header("none") + "." + tokens.AccessToken().Split('.')[1] + ".",
            // Signed with what everybody can read: the public key taken for a shared secret.
            "secret" => tokens.SignedWithThePublicKey(),
            "garbage" => "eyJhbGciOiJSUzI1NiJ9.e30.AAAA",
            "half" => tokens.AccessToken()[..^20],
            _ => tokens.AccessToken(),
        };
    }

    private static string Header(string algorithm) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));
}

public sealed class EntraAccessTokenTests(PortalWithEntra pair) : AccessTokenTests(pair.Pair), IClassFixture<PortalWithEntra>
{
    private readonly StandInProvider provider = pair.Pair.Provider;

    [Fact]
    public async Task Token_OfAProgram_ActsAsItsServicePrincipal()
    {
        const string Principal = "77777777-7777-7777-7777-777777777777";
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(provider.Tokens.ProgramToken(Principal, "RulePortal.Reader")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(provider.Tokens.ProgramToken(Principal)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(provider.Tokens.ProgramToken(Principal, "Something.Else")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(provider.Tokens.ProgramToken(Principal, "RulePortal.Contributor"), HttpMethod.Post, "/api/v1/rules/00000000-0000-0000-0000-000000000000/runs"));
    }

    [Fact]
    public async Task Token_OfVersion1_IsTakenInItsRole()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(provider.Tokens.AccessTokenOfVersion1()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(provider.Tokens.AccessTokenOfVersion1(), HttpMethod.Post, RunsOfNoRule));
        provider.Person = new StandInPerson { Roles = ["RulePortal.Contributor"] };
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(provider.Tokens.AccessTokenOfVersion1(), HttpMethod.Post, RunsOfNoRule));
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("graph")]
    [InlineData("issuer")]
    [InlineData("other tenant")]
    [InlineData("version 1 of another tenant")]
    [InlineData("tampered")]
    [InlineData("expired")]
    [InlineData("unsigned")]
    public async Task Token_OfVersion1ThatIsNotGood_IsRefused(string wrong)
    {
        Fault(wrong);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(provider.Tokens.AccessTokenOfVersion1()));
    }
}

public sealed class OpenIdConnectAccessTokenTests(PortalWithStandardProvider pair) : AccessTokenTests(pair.Pair), IClassFixture<PortalWithStandardProvider>;
