using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data;
using RulePortal.Data.Ledger;
using RulePortal.Data.Security;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Storage;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Health;

/// <summary>What the probes answer, for each cause, to a stranger and to a Reader.</summary>
public sealed class ProbesTests : IAsyncDisposable
{
    private const string Well = """{"status":"Healthy"}""";
    private const string Unwell = """{"status":"Unhealthy"}""";
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(Noon));
    private readonly Disk disk = new() { Free = 10L << 30 };
    private readonly PortalFactory factory;

    public ProbesTests() => factory = new PortalFactory
    {
        Time = clock,
        // The check looks at the ledger only where windows are evaluated; Hangfire's minute is real, so the first dispatch is all there is.
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Scheduling:Enabled"] = "true", ["Health:SchedulerLagLimit"] = "00:10:00" },
        Replace = services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IDiskSpace>(disk));
            services.RemoveAll<Microsoft.Extensions.Hosting.IHostedService>();
        },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Fact]
    public async Task Probes_AllInOrder_SayOneWordToStrangers()
    {
        Assert.Equal((HttpStatusCode.OK, Well), await GetAsync("/health/live"));
        Assert.Equal((HttpStatusCode.OK, Well), await GetAsync("/health/ready"));
    }

    [Fact]
    public async Task Ready_AskedByAReader_NamesEachCheck()
    {
        using var client = await factory.WithKeyAsync(ApiKeyRole.Reader);

        Assert.Equal(["database Healthy", "disk Healthy", "migrations Healthy", "scheduler Healthy"], (await ChecksAsync(client)).Select(check => $"{check.Name} {check.Status}"));
    }

    [Fact]
    public async Task Ready_AskedByAKeyThatMayNotView_SaysOneWord()
    {
        using var client = await factory.WithKeyAsync(ApiKeyRole.Ingest);

        Assert.Equal(Well, await client.GetStringAsync("/health/ready", Cancellation));
    }

    [Fact]
    public async Task Ready_NewerSchema_IsNot()
    {
        await ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('99991231000000_Future', '99')");

        await AssertNotReadyAsync("migrations", "A newer version has changed the schema.");
    }

    [Fact]
    public async Task Ready_OlderSchema_IsNot()
    {
        await ExecuteAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT MAX(MigrationId) FROM __EFMigrationsHistory)");

        await AssertNotReadyAsync("migrations", "The schema is behind this version.");
    }

    [Fact]
    public async Task Ready_TableGone_IsNot()
    {
        await ExecuteAsync("ALTER TABLE AnalyticsRules RENAME TO Gone");

        await AssertNotReadyAsync("database", "The database does not answer.");
    }

    [Fact]
    public async Task Ready_WindowNotEvenPlannedBeyondTheLimit_IsNotUntilItIsEvaluated()
    {
        _ = factory.Server;
        // The hour's window is due at 13:05.
        clock.SetUtcNow(new DateTimeOffset(Noon.AddMinutes(75)));
        Assert.Equal((HttpStatusCode.OK, Well), await GetAsync("/health/ready"));
        clock.SetUtcNow(new DateTimeOffset(Noon.AddMinutes(76)));

        await AssertNotReadyAsync("scheduler", "The latest window of a rule waits for 11 min; the limit is 10 min.");

        var ledger = factory.Services.GetRequiredService<WindowLedger>();
        await ledger.PlanAsync(ShippedRules.RareOutboundConnectionByProcess.Id, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7), Cancellation);
        await AssertNotReadyAsync("scheduler", "The latest window of a rule waits for 11 min; the limit is 10 min.");
        await ExecuteAsync("UPDATE RuleWindows SET Status = 2");
        Assert.Equal((HttpStatusCode.OK, Well), await GetAsync("/health/ready"));
    }

    [Fact]
    public async Task Ready_DiskNearlyFull_IsNot()
    {
        disk.Free = 100L << 20;

        await AssertNotReadyAsync("disk", "100 MB are free where the database is; the limit is 512 MB.");
    }

    [Fact]
    public async Task Ready_DiskGone_IsNotAndSaysNoPath()
    {
        disk.Free = -1;

        await AssertNotReadyAsync("disk", "The disk of the database cannot be reached.");
    }

    [Fact]
    public async Task Verb_AsksTheProbe_AndTakesItsWord()
    {
        factory.UseKestrel(0);
        factory.StartServer();
        var ready = new Uri(factory.ClientOptions.BaseAddress, "/health/ready");
        Assert.True((await HealthCheckVerb.AskAsync(ready, Cancellation)).Ready);

        disk.Free = 0;

        var (isReady, sentence) = await HealthCheckVerb.AskAsync(ready, Cancellation);
        Assert.False(isReady);
        Assert.EndsWith("answers 503.", sentence, StringComparison.Ordinal);
    }

    private async Task AssertNotReadyAsync(string check, string text)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Unwell), await GetAsync("/health/ready"));
        Assert.Equal((HttpStatusCode.OK, Well), await GetAsync("/health/live"));
        using var reader = await factory.WithKeyAsync(ApiKeyRole.Reader);
        Assert.Contains(await ChecksAsync(reader), found => found == (check, "Unhealthy", text));
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var client = factory.Anonymous();
        using var answer = await client.GetAsync(path, Cancellation);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<IReadOnlyList<(string? Name, string? Status, string? Text)>> ChecksAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready", Cancellation);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return
        [
            .. json.RootElement.GetProperty("checks").EnumerateArray()
                .Select(check => (check.GetProperty("name").GetString(), check.GetProperty("status").GetString(), check.GetProperty("text").GetString()))
                .OrderBy(check => check.Item1, StringComparer.Ordinal),
        ];
    }

    private async Task ExecuteAsync(string sql)
    {
        _ = factory.Server;
        await using var db = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancellation);
        await db.Database.ExecuteSqlRawAsync(sql, Cancellation);
    }

    private sealed class Disk : IDiskSpace
    {
        /// <summary>Negative for a disk that cannot be reached.</summary>
        public long Free { get; set; }

        public long? FreeBytes() => Free >= 0 ? Free : throw new IOException("/secret/path is gone");
    }
}
