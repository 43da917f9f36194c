using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using RulePortal.Data.Health;
using RulePortal.Data.Telemetry;
using RulePortal.Web.Features.Health.Circuits;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Health;

/// <summary>Measures what stands rather than happens: the scheduler's lag, circuits, the disk. The ledger is asked every half minute, not by whoever reads the metrics.</summary>
internal sealed partial class StandingWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly HealthQueries operations;
    private readonly IOptions<SchedulingSettings> scheduling;
    private readonly TimeProvider time;
    private readonly ILogger<StandingWatch> logger;
    private readonly Meter meter;
    private SchedulerState? scheduler;

    public StandingWatch(HealthQueries operations, CircuitCount circuits, IDiskSpace disk, IOptions<SchedulingSettings> scheduling, TimeProvider time, IMeterFactory meters, ILogger<StandingWatch> logger)
    {
        this.operations = operations;
        this.scheduling = scheduling;
        this.time = time;
        this.logger = logger;
        meter = meters.Create(PortalTelemetry.Name);
        meter.CreateObservableGauge("ruleportal.scheduler.lag", () => Known(state => state.Lag.TotalSeconds), "s", "For how long the latest window of some rule has been due without being started.");
        meter.CreateObservableGauge("ruleportal.scheduler.waiting", () => Known(state => (long)state.Waiting), "{window}", "Windows due and not started.");
        meter.CreateObservableGauge("ruleportal.scheduler.running", () => Known(state => (long)state.Running), "{window}", "Windows being evaluated.");
        meter.CreateObservableGauge("ruleportal.circuits.connected", () => (long)circuits.Connected, "{circuit}", "Open pages with a connection.");
        meter.CreateObservableGauge("ruleportal.circuits.waiting", () => (long)circuits.Waiting, "{circuit}", "Open pages kept for a browser that lost its connection.");
        meter.CreateObservableGauge("ruleportal.storage.free", () => Free(disk), "By", "Bytes free where the database grows.");
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            scheduler = await operations.SchedulerAsync(scheduling.Value.IngestionDelay, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // An old number would say that all is well.
            scheduler = null;
            Log.NotRead(logger, e);
        }
    }

    private IEnumerable<Measurement<T>> Known<T>(Func<SchedulerState, T> value)
        where T : struct => scheduler is { } state ? [new Measurement<T>(value(state))] : [];

    private static IEnumerable<Measurement<long>> Free(IDiskSpace disk)
    {
        try
        {
            return disk.FreeBytes() is { } free ? [new Measurement<long>(free)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The scheduler's lag could not be measured; tried again soon.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
