using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Overview;
using RulePortal.Web.Features.Health.Circuits;
using RulePortal.Web.Features.Maintenance;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Health;

/// <summary>Reads the Health page, part by part: when one fails, the others are shown.</summary>
internal sealed partial class HealthReader(
    HealthQueries operations,
    GapQueries gaps,
    OverviewQueries overview,
    VolumeQueries volume,
    IDbContextFactory<PortalDbContext> contexts,
    PortalStore store,
    IDiskSpace disk,
    IJobMonitor jobs,
    CircuitCount circuits,
    IOptions<SchedulingSettings> scheduling,
    IOptions<RetentionSettings> retention,
    TimeProvider time,
    ILogger<HealthReader> logger)
{
    public async Task<HealthState> ReadAsync(CancellationToken cancellationToken) => new()
    {
        AtUtc = time.GetUtcNow().UtcDateTime,
        Scheduler = await PartAsync("scheduler", () => operations.SchedulerAsync(scheduling.Value.IngestionDelay, cancellationToken)),
        Rules = await PartAsync("rules", () => overview.HealthAsync(cancellationToken)),
        Gaps = await PartAsync("gaps", () => gaps.ListAsync(null, 0, HealthState.GapsShown, cancellationToken)),
        Faults = await PartAsync("faults", () => operations.FaultsAsync(cancellationToken)),
        Slowest = await PartAsync("durations", () => operations.SlowestAsync(HealthState.SlowestShown, cancellationToken)),
        Sources = await PartAsync("sources", () => volume.SourcesAsync(0, HealthState.SourcesShown, cancellationToken)),
        Storage = await PartAsync("storage", () => StorageAsync(cancellationToken)),
        Jobs = await PartAsync("jobs", () => Task.Run(jobs.Read, cancellationToken)),
        CircuitsConnected = circuits.Connected,
        CircuitsWaiting = circuits.Waiting,
    };

    private async Task<StorageState> StorageAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var used = await db.Database.SqlQueryRaw<long>(store.SizeSql).SingleAsync(cancellationToken);
        return new(used, disk.FreeBytes(), await operations.GrowthAsync(cancellationToken), retention.Value.Connections.TotalDays, time.GetUtcNow().UtcDateTime);
    }

    private async Task<T?> PartAsync<T>(string part, Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.PartFailed(logger, part, e);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The health page's {Part} could not be read.")]
        public static partial void PartFailed(ILogger logger, string part, Exception exception);
    }
}
