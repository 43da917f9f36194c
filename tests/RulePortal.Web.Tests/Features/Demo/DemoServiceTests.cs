using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Detection.Connections;
using RulePortal.Web.Features.Demo;
using RulePortal.Web.Features.Demo.Generator;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Demo;

[Trait("Speed", "Slow")]
public sealed class DemoServiceTests : IDisposable
{
    private static readonly DateTime Start = new(2026, 11, 24, 5, 7, 20, DateTimeKind.Utc);
    private static readonly DateTime Minute = new(2026, 11, 24, 5, 7, 0, DateTimeKind.Utc);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(Start));
    private readonly PortalFactory portal;

    public DemoServiceTests() =>
        portal = new PortalFactory { Time = time, Settings = new Dictionary<string, string> { ["Scheduling:Enabled"] = "false" } };

    private DemoStore Store => portal.Services.GetRequiredService<DemoStore>();

    public void Dispose() => portal.Dispose();

    [Fact]
    public async Task Start_EmptyStore_FillsItAndGoesOnAfterAStop()
    {
        using (var first = Demo())
        {
            await first.StartingAsync(CancellationToken.None);
        }

        Assert.Equal(Expected(Minute.AddDays(-62), Minute), await RowsAsync());
        Assert.Equal(StoreContent.Generated, await Store.ContentAsync(CancellationToken.None));
        await using (var db = await ContextAsync())
        {
            Assert.Equal(new DateTime(2026, 11, 22, 5, 0, 0, DateTimeKind.Utc), (await db.AnalyticsRules.SingleAsync()).EvaluateFromUtc);
            Assert.Equal(BatchOrigin.Demo, Assert.Single(await db.ConnectionBatches.Select(batch => batch.Origin).Distinct().ToListAsync()));
        }

        time.Advance(TimeSpan.FromHours(26));
        using var second = Demo();
        await second.StartingAsync(CancellationToken.None);

        // As if it had never stopped: nothing is missing and nothing is doubled.
        Assert.Equal(Expected(Minute.AddDays(-62), Minute.AddHours(26)), await RowsAsync());
    }

    [Fact]
    public async Task Start_FillCutShort_CompletesIt()
    {
        await Store.FillAsync(Minute.AddDays(-62), Minute.AddDays(-60).AddHours(3), CancellationToken.None);
        using var demo = Demo();

        await demo.StartingAsync(CancellationToken.None);

        Assert.Equal(Expected(Minute.AddDays(-62), Minute), await RowsAsync());
    }

    [Fact]
    public async Task Start_StoreWithImportedConnections_AddsNothing()
    {
        await ImportAsync(BatchOrigin.Api);
        using var demo = Demo();

        await demo.StartingAsync(CancellationToken.None);
        await demo.StartAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(5));
        await demo.StopAsync(CancellationToken.None);

        Assert.Equal(1, await RowsAsync());
        Assert.Equal(StoreContent.Real, await Store.ContentAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Start_NotAsked_AddsNothing()
    {
        using var service = Demo(enabled: false);

        await service.StartingAsync(CancellationToken.None);

        Assert.Equal(0, await RowsAsync());
    }

    [Fact]
    public async Task Run_AMinutePasses_AddsThatMinute()
    {
        await Store.FillAsync(Minute.AddMinutes(-3), Minute, CancellationToken.None);
        using var demo = Demo();
        await demo.StartingAsync(CancellationToken.None);
        var before = await RowsAsync();

        await demo.StartAsync(CancellationToken.None);
        for (var asked = 0; asked < 5_000 && await Store.FilledToAsync(CancellationToken.None) < Minute.AddMinutes(5); asked++)
        {
            // The service works on its own thread: ten looks at the store for each half minute of its clock.
            time.Advance(asked % 10 == 0 ? TimeSpan.FromSeconds(30) : TimeSpan.Zero);
        }

        await demo.StopAsync(CancellationToken.None);
        var filled = await Store.FilledToAsync(CancellationToken.None);

        Assert.True(filled >= Minute.AddMinutes(5));
        Assert.Equal(before + Expected(Minute, filled!.Value), await RowsAsync());
    }

    [Theory]
    [InlineData(BatchOrigin.Demo, true)]
    [InlineData(BatchOrigin.CommandLine, false)]
    public async Task Banner_ByWhatTheStoreHolds_SaysThatDataAreGenerated(BatchOrigin origin, bool said)
    {
        var banner = new DemoBanner(Store);
        Assert.Null(await banner.GetAsync(CancellationToken.None));

        await ImportAsync(origin);

        Assert.Equal(said, (await banner.GetAsync(CancellationToken.None))?.Text.Contains("generated", StringComparison.Ordinal) ?? false);
    }

    private static int Expected(DateTime fromUtc, DateTime toUtc) => new DemoConnections().Between(fromUtc, toUtc).Count();

    private DemoService Demo(bool enabled = true) =>
        new(Store, Options.Create(new DemoSettings { Enabled = enabled }), time, NullLogger<DemoService>.Instance);

    private Task<PortalDbContext> ContextAsync() => portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    private async Task<int> RowsAsync()
    {
        await using var db = await ContextAsync();
        return await db.Set<ConnectionRow>().CountAsync();
    }

    private async Task ImportAsync(BatchOrigin origin)
    {
        VmConnection[] rows = [new() { TimeGenerated = Minute.AddHours(-1), Computer = "web01", Direction = "outbound", RemoteCountry = "Fiji" }];
        var result = await portal.Services.GetRequiredService<ConnectionImporter>().ImportAsync(new BatchFacts(origin, Actor.System), rows.ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(BatchStatus.Stored, result.Status);
    }
}
