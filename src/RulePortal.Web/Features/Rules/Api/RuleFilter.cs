using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>Which rules a list shows; what is not given does not filter.</summary>
/// <param name="Name">Whose name contains this, in any case.</param>
/// <param name="Enabled">That are enabled, or disabled.</param>
/// <param name="Severity">Of this severity.</param>
/// <param name="Tactic">With this tactic.</param>
internal sealed record RuleFilter(string? Name, bool? Enabled, Severity? Severity, AttackTactic? Tactic)
{
    public bool Matches(RuleOverview rule) =>
        (string.IsNullOrWhiteSpace(Name) || rule.Rule.Definition.Name.Contains(Name.Trim(), StringComparison.OrdinalIgnoreCase))
        && (Enabled is null || rule.Rule.Enabled == Enabled)
        && (Severity is null || rule.Rule.Definition.Severity == Severity)
        && (Tactic is null || rule.Rule.Definition.Tactics.Contains(Tactic.Value));
}
