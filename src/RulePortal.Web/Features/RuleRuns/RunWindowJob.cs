using Hangfire;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Evaluates one window. Hangfire may start it twice or never; the ledger settles both, so Hangfire itself does not retry.</summary>
internal sealed class RunWindowJob(RuleRunner runner)
{
    [AutomaticRetry(Attempts = 0, LogEvents = false)]
    [JobDisplayName("Evaluate window {0} ({1})")]
    public Task RunAsync(long windowId, AttemptKind kind, CancellationToken cancellationToken) =>
        runner.RunAsync(windowId, kind, Actor.System, allowEnded: false, cancellationToken);

    /// <summary>Missed windows of one rule, one after the other and the oldest first: an alert may silence the windows after it.</summary>
    [AutomaticRetry(Attempts = 0, LogEvents = false)]
    [JobDisplayName("Evaluate missed windows")]
    public async Task RunInOrderAsync(long[] windowIds, CancellationToken cancellationToken)
    {
        foreach (var windowId in windowIds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await runner.RunAsync(windowId, AttemptKind.Backfill, Actor.System, allowEnded: false, cancellationToken);
        }
    }
}
