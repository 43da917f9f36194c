using System.Net;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

public sealed class DevelopmentSignInGuardTests(PortalFactory factory) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-host", "localhost")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Original-For", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "portal.example.org")]
    [InlineData("Test-Remote", "10.0.0.7")]
    [InlineData("Test-Remote", "::ffff:10.0.0.7")]
    public async Task Request_NotFromThisMachinesBrowser_IsRefused(string header, string value)
    {
        using var client = factory.Anonymous();
        foreach (var path in new[] { "/signin", "/health/live", "/app.css" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("Authentication:Mode is Development", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Host", "127.0.0.1:5080")]
    [InlineData("Host", "[::1]:5080")]
    [InlineData("Test-Remote", "::1")]
    [InlineData("Test-Remote", "::ffff:127.0.0.1")]
    public async Task Request_FromThisMachine_IsAnswered(string header, string value)
    {
        using var client = factory.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/signin");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
