using Hangfire;
using Microsoft.Extensions.Options;
using RulePortal.Data.Analytics;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Starts the clock: forgets what an earlier process had queued, asks for a dispatch every minute, and for one now.</summary>
internal sealed class SchedulerStartup(
    WindowLedger ledger,
    IRecurringJobManager recurring,
    IBackgroundJobClient jobs,
    IOptions<SchedulingSettings> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        await ledger.ForgetDispatchedAsync(cancellationToken);
        recurring.AddOrUpdate<DispatchJob>(
            DispatchJob.RecurringId,
            RunQueues.Live,
            job => job.RunAsync(CancellationToken.None),
            Cron.Minutely(),
            new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc, MisfireHandling = MisfireHandlingMode.Ignorable });
        jobs.Enqueue<DispatchJob>(RunQueues.Live, job => job.RunAsync(CancellationToken.None));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
