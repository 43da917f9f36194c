using System.Net;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>What a browser sends along with its cookie for a page that is not ours.</summary>
public sealed class SameOriginTests(PortalFactory factory) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("http://localhost", null, true)]
    [InlineData("http://localhost", "same-origin", true)]
    [InlineData("http://evil.example", null, false)]
    [InlineData("http://evil.example", "cross-site", false)]
    [InlineData("null", null, false)]
    [InlineData("http://localhost:81", null, false)]
    [InlineData("http://localhost:81", "same-site", false)]
    [InlineData("https://localhost", null, false)]
    [InlineData("http://localhost.evil.example", null, false)]
    [InlineData(null, "cross-site", false)]
    [InlineData(null, "same-site", false)]
    public async Task Hub_AskedForAWebSocket_OpensForOurOwnPagesAlone(string? origin, string? site, bool opens)
    {
        using var client = factory.Anonymous();
        var cookie = await PortalFactory.SignInAsync(client, PortalRoles.Administrator);
        Assert.Equal(opens ? "open" : "403", await OpenAsync(("Cookie", cookie), ("Origin", origin), ("Sec-Fetch-Site", site)));
    }

    [Fact]
    public async Task Hub_WithAKey_IsNoBrowsersAndOpens()
    {
        var key = await factory.CreateKeyAsync(ApiKeyRole.Reader);
        Assert.Equal("open", await OpenAsync(("Authorization", "Bearer " + key), ("Origin", "http://evil.example")));
    }

    [Theory]
    [InlineData("cross-site", "navigate", null, HttpStatusCode.OK)]
    [InlineData("same-site", "navigate", null, HttpStatusCode.OK)]
    [InlineData("cross-site", "no-cors", null, HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "cors", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, null, "http://evil.example", HttpStatusCode.Forbidden)]
    public async Task Page_AskedForByAnotherSite_IsLinkedToAndNotFetched(string? site, string? mode, string? origin, HttpStatusCode status)
    {
        using var client = await factory.SignInAsAsync(PortalRoles.Reader);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/alerts");
        request.Headers.Add("Sec-Fetch-Site", site is null ? [] : [site]);
        request.Headers.Add("Sec-Fetch-Mode", mode is null ? [] : [mode]);
        request.Headers.Add("Origin", origin is null ? [] : [origin]);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Refusal_OfAForeignPage_IsInTheTrailWithItsReason()
    {
        using var client = factory.Anonymous();
        var cookie = await PortalFactory.SignInAsync(client, PortalRoles.Contributor);
        await OpenAsync(("Cookie", cookie), ("Origin", "http://evil.example"));
        await factory.Services.GetRequiredService<DeniedAttemptsWriter>().WriteAsync(all: true, TestContext.Current.CancellationToken);
        await using var db = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var entry = await db.AuditEntries.OrderByDescending(e => e.Id).FirstAsync(e => e.ActorId == "dev:contributor" && e.Action == AuditActions.RequestSend, TestContext.Current.CancellationToken);
        Assert.Equal(("GET /_blazor", "It came from a page of another origin."), (entry.Subject, entry.Detail));
    }

    private async Task<string> OpenAsync(params (string Name, string? Value)[] headers)
    {
        var sockets = factory.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request =>
        {
            foreach (var (name, value) in headers.Where(header => header.Value is not null))
            {
                request.Headers[name] = value;
            }
        };
        try
        {
            using var socket = await sockets.ConnectAsync(new Uri("ws://localhost/_blazor"), TestContext.Current.CancellationToken);
            return "open";
        }
        catch (InvalidOperationException e)
        {
            return e.Message.Split(' ')[^1];
        }
    }
}
