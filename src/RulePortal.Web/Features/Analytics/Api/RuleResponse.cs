using RulePortal.Data.Analytics;

namespace RulePortal.Web.Features.Analytics.Api;

/// <summary>A rule with its version in force.</summary>
internal sealed record RuleResponse(
    Guid Id,
    int Version,
    bool Enabled,
    string? AutoDisabledReason,
    RuleHold? Hold,
    DateTime SavedUtc,
    string SavedBy,
    RuleDefinitionBody Definition)
{
    public static RuleResponse Of(RuleSnapshot rule) =>
        new(rule.Id, rule.Version, rule.Enabled, rule.AutoDisabledReason, rule.Hold, rule.SavedUtc, rule.SavedBy, RuleDefinitionBody.Of(rule.Definition));
}
