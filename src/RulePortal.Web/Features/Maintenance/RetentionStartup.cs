using Hangfire;
using Microsoft.Extensions.Options;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Maintenance;

/// <summary>Has retention run every night, by one worker of its own, and soon after a start that comes when a night was missed.</summary>
internal sealed class RetentionStartup(
    RetentionSweep sweep,
    JobStorage storage,
    JobActivator activator,
    IRecurringJobManager recurring,
    IBackgroundJobClient jobs,
    TimeProvider time,
    IOptions<SchedulingSettings> scheduling) : IHostedService, IDisposable
{
    /// <summary>Its queue: evaluations never wait behind it.</summary>
    private const string Upkeep = "upkeep";

    private static readonly TimeSpan Missed = TimeSpan.FromHours(25);

    private BackgroundJobServer? server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!scheduling.Value.Enabled)
        {
            return;
        }

        server = new BackgroundJobServer(
            new BackgroundJobServerOptions { Activator = activator, ServerName = $"{Environment.MachineName}:{Upkeep}", Queues = [Upkeep], WorkerCount = 1, StopTimeout = TimeSpan.FromSeconds(10) },
            storage);
        recurring.AddOrUpdate<RetentionJob>(RetentionJob.RecurringId, Upkeep, job => job.RunAsync(CancellationToken.None), Cron.Daily(3, 17), new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
        var marks = await sweep.MarksAsync(cancellationToken);
        if (marks.Count == 0 || marks.Any(mark => mark.DoneUtc is null || time.GetUtcNow().UtcDateTime - mark.DoneUtc > Missed))
        {
            jobs.Enqueue<RetentionJob>(Upkeep, job => job.RunAsync(CancellationToken.None));
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref server, null) is { } running)
        {
            running.SendStop();
            await running.WaitForShutdownAsync(cancellationToken);
            running.Dispose();
        }
    }

    public void Dispose() => server?.Dispose();
}
