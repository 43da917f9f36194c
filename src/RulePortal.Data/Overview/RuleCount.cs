using RulePortal.Data.Alerts;

namespace RulePortal.Data.Overview;

/// <summary>How many alerts a rule raised.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alerts">Its alerts.</param>
public sealed record RuleCount(AlertRule Rule, int Alerts);
