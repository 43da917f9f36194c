using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Storage;

public sealed class HealthTests : IDisposable
{
    private readonly PortalFactory factory = new();

    public void Dispose() => factory.Dispose();

    [Fact]
    public async Task Health_WithTheStoreInOrder_IsHealthy()
    {
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync("/health/live"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync("/health/ready"));
    }

    [Fact]
    public async Task Ready_WithAnotherSchema_IsNotAndSaysNoMore()
    {
        using (factory.Anonymous())
        {
            await using var db = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
            await db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsHistory VALUES ('99991231000000_Future', '99')");
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await GetAsync("/health/ready"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync("/health/live"));
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var client = factory.Anonymous();
        using var answer = await client.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
