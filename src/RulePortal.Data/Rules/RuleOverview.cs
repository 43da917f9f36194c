using RulePortal.Data.Ledger;

namespace RulePortal.Data.Rules;

/// <summary>A rule as the list of rules shows it.</summary>
/// <param name="Rule">The rule with its version in force.</param>
/// <param name="LastRun">The last attempt at its latest window that was tried, or null when none was.</param>
/// <param name="Alerts24Hours">Alerts it raised in the last 24 hours.</param>
/// <param name="Alerts7Days">Alerts it raised in the last 7 days.</param>
/// <param name="Closed30Days">How many of the alerts it raised in the last 30 days are closed.</param>
/// <param name="FalsePositives30Days">How many of those were classified as false positives.</param>
public sealed record RuleOverview(RuleSnapshot Rule, RuleRun? LastRun, int Alerts24Hours, int Alerts7Days, int Closed30Days, int FalsePositives30Days)
{
    /// <summary>False positives as a share of the closed alerts, 0 to 1, or null when none is closed.</summary>
    public double? FalsePositiveShare => Closed30Days == 0 ? null : (double)FalsePositives30Days / Closed30Days;
}
