using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data;
using RulePortal.Data.Security;
using RulePortal.Web.Security.Sessions;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

public sealed class SignInTests(PortalWithClock portal) : IClassFixture<PortalWithClock>
{
    private readonly FakeTimeProvider time = portal.Time;
    private readonly PortalFactory factory = portal.Factory;

    [Theory]
    [InlineData("/", "/signin")]
    [InlineData("/not-found?x=1&y=2", "/signin?returnUrl=%2Fnot-found%3Fx%3D1%26y%3D2")]
    [InlineData("/no/such/address", "/signin?returnUrl=%2Fno%2Fsuch%2Faddress")]
    public async Task Page_Anonymous_LeadsToSignInAndBack(string page, string expected)
    {
        using var client = factory.Anonymous();
        using var answer = await client.GetAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/anything")]
    [InlineData("/_blazor/negotiate")]
    public async Task Program_Anonymous_GetsAProblemAndNoRedirect(string path)
    {
        using var client = factory.Anonymous();
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/not-found?a=b", "/not-found?a=b")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("", "/")]
    public async Task SignIn_WithAReturnAddress_StaysOnThisSite(string wanted, string expected)
    {
        using var client = factory.Anonymous();
        using var answer = await PostAsync(client, "/signin/development", "/signin", ("role", "Reader"), ("returnUrl", wanted));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("Ingest")]
    [InlineData("Owner")]
    [InlineData("contributor")]
    public async Task SignIn_AsSomethingElse_IsNot(string role)
    {
        using var client = factory.Anonymous();
        using var answer = await PostAsync(client, "/signin/development", "/signin", ("role", role));
        Assert.StartsWith("/signin", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers, h => h.Key == "Set-Cookie");
    }

    [Theory]
    [InlineData("/signin/development")]
    [InlineData("/signout")]
    public async Task Form_WithoutItsToken_IsRefused(string address)
    {
        using var client = await factory.SignInAsAsync("Reader");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["role"] = "Contributor" });
        using var answer = await client.PostAsync(address, form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The request was refused", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task SignOut_WithItsToken_EndsTheSession()
    {
        using var client = await factory.SignInAsAsync("Reader");
        using var answer = await PostAsync(client, "/signout", "/denied");
        Assert.Equal("/signin", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Session_AfterTenHours_IsOver()
    {
        using var client = await factory.SignInAsAsync("Reader");
        time.Advance(Session.Length - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Page_ForWhoLacksTheRole_LeadsToARefusalThatNamesIt()
    {
        using var client = await factory.WithKeyAsync(ApiKeyRole.Ingest);
        using var answer = await client.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using var reader = await factory.SignInAsAsync("Reader");
        var page = await reader.GetStringAsync("/denied?needs=Contributor");
        Assert.Contains("Contributor", page, StringComparison.Ordinal);
        Assert.Contains("Development Reader", page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", await reader.GetStringAsync("/denied?needs=evil"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ThatDoesNotExist_Is404WithAPage()
    {
        using var client = await factory.SignInAsAsync("Reader");
        using var answer = await client.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Page not found", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_InDevelopment_AreClosedToScriptsAndOtherSites()
    {
        using var client = factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        using var page = await client.GetAsync("/signin");
        Assert.All(page.Headers.GetValues("Set-Cookie"), c =>
        {
            Assert.Contains("httponly", c, StringComparison.Ordinal);
            Assert.Contains("samesite", c, StringComparison.Ordinal);
        });
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, string formPage, params (string Name, string Value)[] fields)
    {
        var values = fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        values["__RequestVerificationToken"] = await PortalFactory.FormTokenAsync(client, formPage);
        using var form = new FormUrlEncodedContent(values);
        return await client.PostAsync(address, form);
    }
}
