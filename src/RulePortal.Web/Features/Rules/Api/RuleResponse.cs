using System.Text.Json.Serialization;
using RulePortal.Data.Rules;

namespace RulePortal.Web.Features.Rules.Api;

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
    /// <summary>After a save: the pins of which it could not be told whether the definition breaks them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JudgedPinAnswer>? PinsNotJudged { get; init; }

    public static RuleResponse Of(RuleSnapshot rule) =>
        new(rule.Id, rule.Version, rule.Enabled, rule.AutoDisabledReason, rule.Hold, rule.SavedUtc, rule.SavedBy, RuleDefinitionBody.Of(rule.Definition));
}
