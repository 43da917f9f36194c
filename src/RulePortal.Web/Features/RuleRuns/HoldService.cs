using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Holds;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Lets a held rule go on. A window that may alert is evaluated at once: the ones behind it may fall silent after it.</summary>
internal sealed class HoldService(RuleHolds holds, RuleRunner runner)
{
    /// <returns>What came of the decision, and of the window that was evaluated again, if one was.</returns>
    public async Task<(HoldOutcome Outcome, RecordedRun? Run)> DecideAsync(Guid ruleId, long windowId, HoldDecision decision, Actor actor, CancellationToken cancellationToken)
    {
        var outcome = await holds.ReleaseAsync(ruleId, windowId, decision, actor, cancellationToken);
        var run = outcome is HoldOutcome.Released && decision is HoldDecision.Alert
            ? await runner.RunAsync(windowId, AttemptKind.RunNow, actor, allowEnded: false, cancellationToken)
            : null;
        return (outcome, run);
    }
}
