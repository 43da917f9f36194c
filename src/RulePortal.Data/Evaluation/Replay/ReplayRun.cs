using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>What an evaluation gives today.</summary>
/// <param name="Window">Its window.</param>
/// <param name="LookbackFromUtc">Where its history begins. UTC.</param>
/// <param name="Findings">The result rows.</param>
/// <param name="Baseline">How full the history is.</param>
/// <param name="Outcome">What comes of them; the silence after another alert is left aside.</param>
internal sealed record ReplayRun(TimeRange Window, DateTime LookbackFromUtc, IReadOnlyList<Finding> Findings, BaselineFullness Baseline, RunOutcome Outcome)
{
    /// <summary>The result rows of a group key, whether or not the trigger holds today.</summary>
    public IEnumerable<Finding> Of(string groupKey) => groupKey switch
    {
        AlertGrouping.AllRows => Findings,
        AlertGrouping.RemainingRows => Findings.Skip(AlertGrouping.MostAlerts - 1),
        _ => Findings.Where(finding => string.Equals(finding.GroupKey, groupKey, StringComparison.Ordinal)),
    };
}
