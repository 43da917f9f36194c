using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>What is refused is in the trail, with who and from where; and so is from where a change came.</summary>
public sealed partial class SecurityAuditTests : IDisposable
{
    private const string Rule = "/api/v1/rules/1c408090-0320-44d5-aba8-e55500c2cfad";

    private readonly PortalFactory factory = new();

    public void Dispose() => factory.Dispose();

    [Fact]
    public async Task Request_NotSignedIn_IsNotedWithItsAddressOnce()
    {
        using var client = factory.Anonymous();
        client.DefaultRequestHeaders.Add("Test-Remote", "203.0.113.7");
        // Development answers this machine only, which is a refusal too.
        using var refused = await client.GetAsync("/api/v1/rules?secret=1");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(await DeniedAsync());

        client.DefaultRequestHeaders.Remove("Test-Remote");
        using var answer = await client.GetAsync("/api/v1/rules?secret=1");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var entry = Assert.Single(await DeniedAsync());
        Assert.Equal(("anonymous", "127.0.0.1", AuditActions.RequestSend, "GET /api/v1/rules"), (entry.ActorId, entry.Origin, entry.Action, entry.Subject));
        Assert.DoesNotContain("secret", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_BeyondTheRole_IsNotedWithThePersonAndTheRoleNeeded()
    {
        using var client = await factory.SignInAsAsync("Reader");
        for (var i = 0; i < 3; i++)
        {
            using var answer = await client.PostAsync($"{Rule}/enable", content: null);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        var entry = Assert.Single(await DeniedAsync());
        Assert.Equal(("dev:reader", "127.0.0.1", $"POST {Rule}/enable", 3), (entry.ActorId, entry.Origin, entry.Subject, entry.Attempts));
        Assert.Equal("This needs the role Contributor.", entry.Detail);
    }

    [Fact]
    public async Task Page_BeyondTheRole_IsNoted()
    {
        using var client = await factory.SignInAsAsync("Reader");
        using var answer = await client.GetAsync("/jobs");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var entry = Assert.Single(await DeniedAsync());
        Assert.Equal((AuditActions.PageOpen, "page:/jobs", "dev:reader"), (entry.Action, entry.Subject, entry.ActorId));
    }

    [Theory]
    [InlineData("Contributor")]
    [InlineData("Administrator")]
    public async Task Jobs_Commanded_AreNotAndTheAttemptIsNoted(string role)
    {
        using var client = await factory.SignInAsAsync(role);
        // As the dashboard's own buttons would, were there any.
        client.DefaultRequestHeaders.Add("RequestVerificationToken", CsrfToken().Match(await client.GetStringAsync("/jobs/recurring")).Groups["token"].Value);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["jobs[]"] = "dispatch-due-windows" });
        using var answer = await client.PostAsync("/jobs/recurring/remove", form);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("POST /jobs/recurring/remove", Assert.Single(await DeniedAsync()).Subject);
    }

    [Fact]
    public async Task Page_NotSignedIn_LeadsToSignInAndIsNoAttempt()
    {
        using var client = factory.Anonymous();
        using var answer = await client.GetAsync("/rules");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(await DeniedAsync());
    }

    [Fact]
    public async Task Change_FromAForeignPage_IsNoted()
    {
        using var client = await factory.SignInAsAsync("Contributor");
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var answer = await client.PostAsync($"{Rule}/disable", content: null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("dev:contributor", Assert.Single(await DeniedAsync()).ActorId);
    }

    [Fact]
    public async Task Key_Unknown_IsNotedByItsBeginningOnly()
    {
        const string Secret = "rp_AAAAAAbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
        await SendAsync(Secret);

        var entry = Assert.Single(await DeniedAsync());
        Assert.Equal((AuditActions.KeyUse, "apikey:rp_AAAAAA", "anonymous"), (entry.Action, entry.Subject, entry.ActorId));
        Assert.Equal("The key is unknown. GET /api/v1/rules", entry.Detail);
    }

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("rp")]
    public async Task Key_NoneOfOurs_IsNotedWithoutIt(string secret)
    {
        await SendAsync(secret);

        Assert.Equal("apikey:unknown", Assert.Single(await DeniedAsync()).Subject);
    }

    [Fact]
    public async Task Key_Revoked_IsNotedWithItsName()
    {
        var keys = factory.Services.GetRequiredService<ApiKeyStore>();
        var secret = (await keys.CreateAsync("collector", ApiKeyRole.Reader, expiresUtc: null, Actor.System, default))!;
        await keys.RevokeAsync("collector", Actor.System, default);
        await SendAsync(secret);

        var entry = Assert.Single(await DeniedAsync());
        Assert.Equal(("collector", AuditActions.KeyUse), (entry.ActorName, entry.Action));
        Assert.StartsWith("key:", entry.ActorId, StringComparison.Ordinal);
        Assert.StartsWith("The key is revoked.", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Expired_IsNotedWithItsName()
    {
        await SendAsync(await factory.CreateKeyAsync(ApiKeyRole.Reader, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));

        Assert.StartsWith("The key is expired.", Assert.Single(await DeniedAsync()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ThroughTheApi_CarriesTheAddressItCameFrom()
    {
        using var client = await factory.SignInAsAsync("Contributor");
        using var answer = await client.PostAsync($"{Rule}/disable", content: null);
        Assert.True(answer.IsSuccessStatusCode);

        await using var db = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var entry = await db.AuditEntries.SingleAsync(e => e.Action == AuditActions.RuleDisable);
        Assert.Equal(("dev:contributor", "127.0.0.1"), (entry.ActorId, entry.Origin));
    }

    [Fact]
    public async Task Start_OfANewStore_IsAudited()
    {
        using var client = factory.Anonymous();
        await using var db = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var entries = await db.AuditEntries.OrderBy(e => e.Id).ToListAsync();

        Assert.Equal([AuditActions.StoreMigrate, AuditActions.RuleCreate], entries.Select(e => e.Action));
        Assert.All(entries, e => Assert.Equal(("system", Origins.Start), (e.ActorId, e.Origin)));
    }

    private async Task SendAsync(string secret)
    {
        using var client = factory.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + secret);
        using var answer = await client.GetAsync("/api/v1/rules");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<List<AuditEntry>> DeniedAsync()
    {
        await factory.Services.GetRequiredService<DeniedAttemptsWriter>().WriteAsync(all: true, default);
        await using var db = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.AuditEntries.AsNoTracking().Where(e => e.Outcome == AuditOutcome.Denied).OrderBy(e => e.Id).ToListAsync();
    }

    [GeneratedRegex("csrf-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CsrfToken();
}
