using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>Signing in with Entra ID outside Development: the application's own code against a token endpoint in memory.</summary>
public sealed class EntraSignInTests : IDisposable
{
    private readonly StandInEntra entra = new();
    private readonly PortalFactory factory;

    public EntraSignInTests() => factory = new PortalFactory { Environment = "Production", Settings = StandInEntra.Settings, Replace = entra.Use };

    public void Dispose()
    {
        factory.Dispose();
        entra.Dispose();
    }

    [Fact]
    public async Task Page_Anonymous_LeadsToEntraByCodeWithPkce()
    {
        using var client = factory.Anonymous();
        using var answer = await client.GetAsync("/not-found");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith($"{StandInEntra.Instance}{StandInEntra.Tenant}/oauth2/v2.0/authorize?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(answer.Headers.Location.Query);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal("https://localhost/signin-oidc", query["redirect_uri"]);
    }

    [Theory]
    [InlineData("RulePortal.Reader", HttpStatusCode.OK, "with the role Reader")]
    [InlineData("RulePortal.Contributor", HttpStatusCode.OK, "with the role Contributor")]
    [InlineData("Contributor", HttpStatusCode.Redirect, "without a role")]
    [InlineData("", HttpStatusCode.Redirect, "without a role")]
    public async Task SignIn_WithAnAppRole_GivesThatRoleAndNoOther(string role, HttpStatusCode overview, string words)
    {
        entra.Roles = role.Length == 0 ? [] : [role];
        using var client = factory.Anonymous();
        using var back = await SignInAsync(client);
        Assert.Equal("/not-found?x=1", back.Headers.Location?.OriginalString);

        Assert.Equal(overview, (await client.GetAsync("/")).StatusCode);
        var denied = await client.GetStringAsync("/denied");
        Assert.Contains("fay@example.test", denied, StringComparison.Ordinal);
        Assert.Contains(words, denied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_CodeThatIsNotRedeemed_LeadsBackWithAWord()
    {
        using var client = factory.Anonymous();
        using var back = await SignInAsync(client, code: "stolen");
        Assert.Equal("/signin?failed=true", back.Headers.Location?.OriginalString);
        Assert.Contains("Signing in did not succeed", await client.GetStringAsync("/signin?failed=true"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task SignIn_TokenOfAnotherIssuer_IsRefused()
    {
        entra.Roles = ["RulePortal.Contributor"];
        entra.Issuer = "https://login.evil.test/v2.0";
        using var client = factory.Anonymous();
        using var back = await SignInAsync(client);
        Assert.Equal("/signin?failed=true", back.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Session_OutsideDevelopment_IsSecureAndOfThisHostOnly()
    {
        entra.Roles = ["RulePortal.Reader"];
        using var client = factory.Anonymous();
        using var back = await SignInAsync(client);
        var session = Assert.Single(back.Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-RulePortal.Session=", StringComparison.Ordinal));
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/" })
        {
            Assert.Contains(attribute, session, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SignOut_FromEntra_EndsBothSessions()
    {
        entra.Roles = ["RulePortal.Reader"];
        using var client = factory.Anonymous();
        using var back = await SignInAsync(client);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = await PortalFactory.FormTokenAsync(client, "/denied"),
        });
        using var answer = await client.PostAsync("/signout", form);
        Assert.StartsWith($"{StandInEntra.Instance}{StandInEntra.Tenant}/oauth2/v2.0/logout", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.EndsWith("form-action 'self' https://login.entra.test", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Answer_OutsideDevelopment_InsistsOnHttps()
    {
        using var client = factory.Anonymous();
        using var secure = await client.GetAsync("https://portal.example.test/signin");
        Assert.Contains("max-age=", Assert.Single(secure.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        using var plain = await client.GetAsync("http://portal.example.test/signin");
        Assert.Equal("https://portal.example.test/signin", plain.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task DevelopmentSignIn_UnderEntra_DoesNotExist()
    {
        using var client = factory.Anonymous();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["role"] = "Contributor",
            ["__RequestVerificationToken"] = await PortalFactory.FormTokenAsync(client, "/denied"),
        });
        using var answer = await client.PostAsync("/signin/development", form);
        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    private async Task<HttpResponseMessage> SignInAsync(HttpClient client, string code = "the-code")
    {
        using var challenge = await client.GetAsync("/not-found?x=1");
        var query = QueryHelpers.ParseQuery(challenge.Headers.Location!.Query);
        entra.Challenge = query["code_challenge"];
        entra.Nonce = query["nonce"];
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code, ["state"] = query["state"].ToString() });
        return await client.PostAsync("/signin-oidc", form);
    }
}
