using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

public sealed class HeadersTests(PortalFactory factory) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("/signin")]
    [InlineData("/")]
    [InlineData("/app.css")]
    [InlineData("/health/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/no/such/page")]
    public async Task Answer_OfAnyKind_CarriesTheHeaders(string path)
    {
        using var client = factory.Anonymous();
        using var answer = await client.GetAsync(path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.EndsWith("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Referrer-Policy"));
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/denied")]
    [InlineData("/error")]
    public async Task Page_OfHtml_HasNoInlineScriptAndNothingForeign(string path)
    {
        using var client = factory.Anonymous();
        var html = await client.GetStringAsync(path);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" onclick", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Page_SignedIn_HasNoInlineScriptAndNothingForeign()
    {
        using var client = await factory.SignInAsAsync("Reader");
        using var answer = await client.GetAsync("/");
        var html = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
