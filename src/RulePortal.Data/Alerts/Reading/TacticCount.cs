using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>How many alerts have a tactic. An alert with five tactics is counted under each.</summary>
/// <param name="Tactic">The tactic.</param>
/// <param name="Alerts">Alerts having it.</param>
public sealed record TacticCount(AttackTactic Tactic, SeverityCounts Alerts);
