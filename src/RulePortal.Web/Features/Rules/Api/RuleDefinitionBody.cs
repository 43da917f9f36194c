using System.Text.Json;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>A definition as the API writes it: Sentinel's names, durations in ISO 8601, settings as an object.</summary>
internal sealed record RuleDefinitionBody(
    string Name,
    string Description,
    Severity Severity,
    IReadOnlyList<AttackTactic> Tactics,
    string? TacticsText,
    IReadOnlyList<string> Techniques,
    string? QueryText,
    string Detector,
    JsonElement Settings,
    string QueryFrequency,
    string QueryPeriod,
    TriggerOperator TriggerOperator,
    int TriggerThreshold,
    EventGrouping EventGrouping,
    string? SuppressionDuration,
    string LearningPeriod,
    int? HoldAbove,
    bool BaselineExcludesAlerts)
{
    public static RuleDefinitionBody Of(RuleDefinition rule) => new(
        rule.Name,
        rule.Description,
        rule.Severity,
        rule.Tactics,
        rule.TacticsText,
        rule.Techniques,
        rule.QueryText,
        rule.Detector,
        JsonElement.Parse(rule.SettingsJson),
        DurationText.ToIso(rule.QueryFrequency),
        DurationText.ToIso(rule.QueryPeriod),
        rule.TriggerOperator,
        rule.TriggerThreshold,
        rule.EventGrouping,
        rule.SuppressionDuration is { } silence ? DurationText.ToIso(silence) : null,
        DurationText.ToIso(rule.LearningPeriod),
        rule.HoldAbove,
        rule.BaselineExcludesAlerts);
}
