using Hangfire;
using Microsoft.Extensions.Options;
using RulePortal.Data.Ledger;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>
/// The clock and the workers of this process: forgets what an earlier process had queued, asks for a dispatch every minute and for one now.
/// Stopping waits for running evaluations, which hand their windows back.
/// </summary>
internal sealed class SchedulerStartup(
    PortalStore store,
    WindowLedger ledger,
    JobStorage storage,
    JobActivator activator,
    IRecurringJobManager recurring,
    IBackgroundJobClient jobs,
    IOptions<SchedulingSettings> options) : IHostedService
{
    private IReadOnlyList<BackgroundJobServer> servers = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        if (store.IsExclusive)
        {
            await ledger.ReclaimAsync(cancellationToken);
        }

        await ledger.ForgetDispatchedAsync(cancellationToken);
        servers = [Workers(RunQueues.Live), Workers(RunQueues.Backfill)];
        recurring.AddOrUpdate<DispatchJob>(
            DispatchJob.RecurringId,
            RunQueues.Live,
            job => job.RunAsync(CancellationToken.None),
            Cron.Minutely(),
            new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc, MisfireHandling = MisfireHandlingMode.Ignorable });
        jobs.Enqueue<DispatchJob>(RunQueues.Live, job => job.RunAsync(CancellationToken.None));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may be told to stop more than once.
        var running = Interlocked.Exchange(ref servers, []);
        foreach (var server in running)
        {
            server.SendStop();
        }

        foreach (var server in running)
        {
            await server.WaitForShutdownAsync(cancellationToken);
            server.Dispose();
        }
    }

    private BackgroundJobServer Workers(string queue) => new(
        new BackgroundJobServerOptions
        {
            Activator = activator,
            ServerName = $"{Environment.MachineName}:{queue}",
            Queues = [queue],
            WorkerCount = options.Value.Workers,
            SchedulePollingInterval = TimeSpan.FromSeconds(5),
            StopTimeout = TimeSpan.FromSeconds(10),
        },
        storage);
}

/// <summary>Two queues with workers of their own, so that live windows never wait behind missed ones.</summary>
internal static class RunQueues
{
    public const string Live = "live";

    public const string Backfill = "backfill";
}
