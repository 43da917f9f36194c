using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Doctor;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Tests.Connections;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Faults;

/// <summary>The application over a store of its own under a clock that steps; the test is its scheduler and its sources.</summary>
internal sealed class FaultPortal : IAsyncDisposable
{
    private FaultPortal(SteppingClock clock, IReadOnlyDictionary<string, string>? settings, IReadOnlyList<Detector> detectors)
    {
        Clock = clock;
        Factory = new PortalFactory
        {
            Time = clock,
            Settings = settings ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Replace = services =>
            {
                if (detectors.Count > 0)
                {
                    services.Replace(ServiceDescriptor.Singleton(new DetectorCatalog([.. DetectorCatalog.Shipped.All, .. detectors])));
                }
            },
        };
    }

    public static Guid RuleId => ShippedRules.RareOutboundConnectionByProcess.Id;

    public SteppingClock Clock { get; }

    public PortalFactory Factory { get; }

    public T Get<T>()
        where T : notnull => Factory.Services.GetRequiredService<T>();

    /// <summary>A portal with a month of ordinary rows, one an hour, up to its clock.</summary>
    public static async Task<FaultPortal> CreateAsync(SteppingClock clock, IReadOnlyDictionary<string, string>? settings = null, params IReadOnlyList<Detector> detectors)
    {
        var portal = new FaultPortal(clock, settings, detectors);
        await portal.ImportAsync("ordinary", Enumerable.Range(0, 31 * 24).Select(hour => Beacon.Connection(clock.Utc.AddHours(-hour), "United States", 443)));
        return portal;
    }

    public Task<BatchResult> ImportAsync(string key, IEnumerable<VmConnection> rows) =>
        Get<ConnectionImporter>().ImportAsync(new BatchFacts(BatchOrigin.Api, Actor.System) { Key = key }, rows.ToAsyncEnumerable(), CancellationToken.None);

    /// <summary>What the dispatch and the workers do in a minute.</summary>
    public async Task<IReadOnlyList<RecordedRun>> TickAsync()
    {
        foreach (var rule in await Get<RuleStore>().ListAsync(CancellationToken.None))
        {
            await Get<WindowLedger>().PlanAsync(rule.Id, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7), CancellationToken.None);
        }

        var runs = new List<RecordedRun>();
        foreach (var window in await Get<WindowLedger>().TakeDueAsync(1000, CancellationToken.None))
        {
            if (await Get<RuleRunner>().RunAsync(window.Id, AttemptKind.Scheduled, Actor.System, allowEnded: false, CancellationToken.None) is { } run)
            {
                runs.Add(run);
            }
        }

        return runs;
    }

    public async Task<IReadOnlyList<RuleWindow>> WindowsAsync()
    {
        await using var db = await Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.RuleWindows.AsNoTracking().Where(window => window.RuleId == RuleId).OrderBy(window => window.EndUtc).ToListAsync();
    }

    public async Task BeSoundAsync()
    {
        var report = await Get<StoreDoctor>().ExamineAsync(progress: null, CancellationToken.None);
        Assert.True(report.IsSound, string.Join('\n', report.Checks.SelectMany(check => check.Faults.Select(fault => $"{check.Name}: {fault}"))));
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();
}
