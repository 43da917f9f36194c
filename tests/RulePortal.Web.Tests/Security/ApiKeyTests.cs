using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

public sealed class ApiKeyTests(PortalWithClock portal) : IClassFixture<PortalWithClock>
{
    private const string Protected = "/openapi/v1.json";

    private readonly FakeTimeProvider time = portal.Time;
    private readonly PortalFactory factory = portal.Factory;

    [Fact]
    public async Task Key_InForce_IsLetThrough()
    {
        var key = await factory.CreateKeyAsync(ApiKeyRole.Reader);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("Bearer " + key));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("bearer " + key));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer rp_")]
    [InlineData("Bearer rp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Basic cnBfOng=")]
    public async Task Key_Unknown_IsRefusedWithAProblem(string authorization)
    {
        using var client = factory.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await client.GetAsync(Protected);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Key_AlteredByOneCharacter_IsRefused()
    {
        var key = await factory.CreateKeyAsync(ApiKeyRole.Reader);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Bearer " + key[..^1] + (key[^1] == 'A' ? 'B' : 'A')));
    }

    [Fact]
    public async Task Key_Expired_IsRefusedFromThatInstantOn()
    {
        var key = await factory.CreateKeyAsync(ApiKeyRole.Reader, time.GetUtcNow().UtcDateTime.AddHours(1));
        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("Bearer " + key));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Bearer " + key));
    }

    [Fact]
    public async Task Key_Revoked_IsRefused()
    {
        var keys = factory.Services.GetRequiredService<ApiKeyStore>();
        var key = await keys.CreateAsync("collector", ApiKeyRole.Reader, expiresUtc: null, Actor.System, default);
        Assert.NotNull(await keys.RevokeAsync("collector", Actor.System, default));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Bearer " + key));
    }

    [Fact]
    public async Task Key_Stored_IsNowhereInTheFile()
    {
        var key = await factory.CreateKeyAsync(ApiKeyRole.Reader);
        await using var db = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var hash = ApiKeySecret.Hash(key);
        var stored = await db.ApiKeys.SingleAsync(k => k.Hash == hash);
        Assert.Equal(key[..9], stored.Prefix);
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        using var file = new FileStream(Path.Combine(factory.DataDirectory, "portal.db"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(file, System.Text.Encoding.Latin1);
        Assert.DoesNotContain(key, await text.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("apikey.create", (await db.AuditEntries.SingleAsync(e => e.Subject == "apikey:" + stored.Id)).Action);
    }

    [Fact]
    public async Task Key_Used_IsNotedAwayFromTheRequest()
    {
        var key = await factory.CreateKeyAsync(ApiKeyRole.Reader);
        var used = time.GetUtcNow().UtcDateTime;
        await StatusAsync("Bearer " + key);
        Assert.Null(await LastUsedAsync(key));

        await factory.Services.GetRequiredService<ApiKeyUsage>().WriteAsync(default);
        Assert.Equal(used, await LastUsedAsync(key));
    }

    private async Task<DateTime?> LastUsedAsync(string key)
    {
        var hash = ApiKeySecret.Hash(key);
        await using var db = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return (await db.ApiKeys.AsNoTracking().SingleAsync(k => k.Hash == hash)).LastUsedUtc;
    }

    private async Task<HttpStatusCode> StatusAsync(string authorization)
    {
        using var client = factory.Anonymous();
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var answer = await client.GetAsync(Protected);
        return answer.StatusCode;
    }
}
