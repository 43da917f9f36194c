using RulePortal.Data.Alerts;

namespace RulePortal.Data.Overview;

/// <summary>How a rule's alerts were closed.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Closed">Its closed alerts.</param>
/// <param name="FalsePositives">Those closed as false positives.</param>
public sealed record RuleVerdicts(AlertRule Rule, int Closed, int FalsePositives)
{
    /// <summary>False positives among the closed alerts.</summary>
    /// <value>0 to 1.</value>
    public double FalsePositiveShare => Closed == 0 ? 0 : (double)FalsePositives / Closed;
}
