using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts;

/// <summary>A tactic of an alert. An alert with five tactics is counted under each.</summary>
public sealed class AlertTactic
{
    /// <summary>The alert.</summary>
    public long AlertId { get; private set; }

    /// <summary>The tactic.</summary>
    public AttackTactic Tactic { get; init; }
}
