using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.Options;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;
using RulePortal.Data.Telemetry;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Every minute: puts due windows into the ledger and hands them to the workers, each rule's newest first; has late data looked at.</summary>
internal sealed partial class DispatchJob(
    RuleStore rules,
    WindowLedger ledger,
    LateWindows late,
    IBackgroundJobClient jobs,
    IOptions<SchedulingSettings> options,
    ILogger<DispatchJob> logger)
{
    public const string RecurringId = "dispatch-due-windows";

    private const int MostAtOnce = 200;

    [AutomaticRetry(Attempts = 0, LogEvents = false)]
    [DisableConcurrentExecution(timeoutInSeconds: 30)]
    [JobDisplayName("Dispatch due windows")]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var span = PortalTelemetry.Activities.StartActivity("dispatch");
        foreach (var rule in await rules.ListAsync(cancellationToken))
        {
            if (rule.Enabled)
            {
                await ledger.PlanAsync(rule.Id, options.Value.IngestionDelay, options.Value.CatchUp, cancellationToken);
            }
        }

        var due = await ledger.TakeDueAsync(MostAtOnce, cancellationToken);
        foreach (var window in due.Where(window => window.IsLive))
        {
            jobs.Create<RunWindowJob>(job => job.RunAsync(window.Id, AttemptKind.Scheduled, CancellationToken.None), new EnqueuedState(RunQueues.Live));
        }

        foreach (var missed in due.Where(window => !window.IsLive).GroupBy(window => window.RuleId))
        {
            var ids = missed.Select(window => window.Id).ToArray();
            jobs.Create<RunWindowJob>(job => job.RunInOrderAsync(ids, CancellationToken.None), new EnqueuedState(RunQueues.Backfill));
        }

        if (await late.AnyAsync(cancellationToken))
        {
            jobs.Create<LateDataJob>(job => job.RunAsync(CancellationToken.None), new EnqueuedState(RunQueues.Backfill));
        }

        span?.SetTag("ruleportal.windows", due.Count);
        if (due.Count > 0)
        {
            Log.Dispatched(logger, due.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} windows handed to the workers")]
        public static partial void Dispatched(ILogger logger, int count);
    }
}
