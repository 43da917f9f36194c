using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Telemetry;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Evaluates one window under a lease and records how it ended, whatever happens.</summary>
internal sealed partial class RuleRunner(
    WindowLedger ledger,
    RuleEvaluator evaluator,
    AttemptRecorder recorder,
    IOptions<SchedulingSettings> options,
    TimeProvider clock,
    ILogger<RuleRunner> logger)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(15);

    /// <summary>This process among all nodes.</summary>
    private static readonly string Owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <returns>What was recorded, or null when there was nothing to do: another worker has the window, or had it before us.</returns>
    public async Task<RecordedRun?> RunAsync(long windowId, AttemptKind kind, Actor actor, bool allowEnded, CancellationToken cancellationToken)
    {
        var limit = options.Value.TimeLimit;
        var lease = await ledger.LeaseAsync(new LeaseRequest(windowId, kind, actor, Owner, limit + TimeSpan.FromMinutes(2), allowEnded), cancellationToken);
        if (lease is null)
        {
            return null;
        }

        // Every line that is logged meanwhile carries it.
        using var scope = Log.Attempt(logger, lease.RuleId, lease.EndUtc, lease.Attempt);
        using var span = PortalTelemetry.StartEvaluation(lease, kind);
        var started = clock.GetTimestamp();
        var delay = clock.GetUtcNow().UtcDateTime - lease.EndUtc;
        using var deadline = new CancellationTokenSource(limit, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        RecordedRun? run;
        try
        {
            var evaluation = await evaluator.EvaluateAsync(lease.Rule, lease.EndUtc, stop.Token);
            run = await recorder.CompleteAsync(lease, evaluation, stop.Token);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, lease.RuleId, lease.EndUtc, lease.Attempt);
            PortalTelemetry.Fail(span, exception);
            run = await recorder.FailAsync(lease, Judge(exception, lease, deadline.IsCancellationRequested, cancellationToken.IsCancellationRequested), CancellationToken.None);
        }

        PortalTelemetry.Evaluated(span, kind, run, clock.GetElapsedTime(started), delay);
        if (run is null)
        {
            Log.LeaseLost(logger, lease.RuleId, lease.EndUtc);
        }
        else
        {
            Log.Ended(logger, lease.RuleId, lease.EndUtc, run.Outcome, run.ResultCount, run.AlertIds.Count);
        }

        return run;
    }

    /// <summary>Whether the circumstances are at fault, however deep EF Core has wrapped what the database said.</summary>
    private static bool IsTransient(Exception exception) =>
        exception is DbException or TimeoutException or IOException or OperationCanceledException or DbUpdateException or RetryLimitExceededException
        || (exception.InnerException is { } inner && IsTransient(inner));

    private EvaluationFault Judge(Exception exception, WindowLease lease, bool overtime, bool stopping)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var error = $"{exception.GetType().Name}: {exception.Message}";
        if (stopping)
        {
            return new("The portal was stopping; the window was handed back", error, IsRuleFault: false, now, options.Value.DisableAfterFaults);
        }

        if (overtime)
        {
            return RuleFault($"The evaluation took longer than {options.Value.TimeLimit.TotalSeconds:0} s and was cancelled");
        }

        var backOff = TimeSpan.FromSeconds(Math.Min(LongestBackOff.TotalSeconds, 30 * Math.Pow(2, Math.Min(lease.Attempt - 1, 10))));
        return IsTransient(exception)
            ? new($"The store could not be read or written; tried again in {backOff.TotalSeconds:0} s", error, IsRuleFault: false, now + backOff, options.Value.DisableAfterFaults)
            : RuleFault(exception is RuleFaultException or TooManyRowsException or ArgumentException ? exception.Message : "The detector failed");

        EvaluationFault RuleFault(string sentence) =>
            new(sentence, error, IsRuleFault: true, now + TimeSpan.FromSeconds(30 * lease.Attempt), options.Value.DisableAfterFaults);
    }

    private static partial class Log
    {
        public static readonly Func<ILogger, Guid, DateTime, int, IDisposable?> Attempt = LoggerMessage.DefineScope<Guid, DateTime, int>("Rule {RuleId}, window to {WindowEnd}, attempt {Attempt}");

        [LoggerMessage(Level = LogLevel.Information, Message = "Rule {RuleId}, window to {WindowEnd:O}: {Outcome}, {ResultCount} result rows, {AlertCount} alerts")]
        public static partial void Ended(ILogger logger, Guid ruleId, DateTime windowEnd, AttemptOutcome outcome, int? resultCount, int alertCount);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Rule {RuleId}, window to {WindowEnd:O}: attempt {Attempt} failed")]
        public static partial void Failed(ILogger logger, Exception exception, Guid ruleId, DateTime windowEnd, int attempt);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Rule {RuleId}, window to {WindowEnd:O}: the lease was lost; nothing was written")]
        public static partial void LeaseLost(ILogger logger, Guid ruleId, DateTime windowEnd);
    }
}
