using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>A rule in a list.</summary>
internal sealed record RuleListItem(
    Guid Id,
    string Name,
    int Version,
    Severity Severity,
    IReadOnlyList<AttackTactic> Tactics,
    bool Enabled,
    string? AutoDisabledReason,
    RuleHold? Hold,
    RuleRun? LastRun,
    DateTime? NextRunUtc,
    int Alerts24Hours,
    int Alerts7Days,
    int Closed30Days,
    int FalsePositives30Days,
    double? FalsePositiveShare)
{
    public static RuleListItem Of(RuleOverview rule, DateTime? nextRunUtc) => new(
        rule.Rule.Id,
        rule.Rule.Definition.Name,
        rule.Rule.Version,
        rule.Rule.Definition.Severity,
        rule.Rule.Definition.Tactics,
        rule.Rule.Enabled,
        rule.Rule.AutoDisabledReason,
        rule.Rule.Hold,
        rule.LastRun,
        nextRunUtc,
        rule.Alerts24Hours,
        rule.Alerts7Days,
        rule.Closed30Days,
        rule.FalsePositives30Days,
        rule.FalsePositiveShare);
}
