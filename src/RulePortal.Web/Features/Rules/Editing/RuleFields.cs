using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>What the fields of a rule are called, and on which tab they stand.</summary>
public static class RuleFields
{
    public static string Label(string field, Detector? detector = null) => field switch
    {
        "name" => "Name",
        "description" => "Description",
        "severity" => "Severity",
        "tactics" => "Tactics",
        "tacticsText" => "Tactics as the rule's text spells them",
        "techniques" => "Techniques",
        "queryText" => "Query text",
        "detector" => "Detector",
        "queryFrequency" => "Query frequency",
        "queryPeriod" => "Query period",
        "triggerOperator" => "Trigger operator",
        "triggerThreshold" => "Trigger threshold",
        "eventGrouping" => "Event grouping",
        "suppressionDuration" => "Suppression",
        "learningPeriod" => "Learning period",
        "holdAbove" => "Hold above",
        "baselineExcludesAlerts" => "Keep alerts out of the baseline",
        "note" => "Note",
        _ => detector?.Settings.FirstOrDefault(setting => setting.Field == field)?.Label ?? field,
    };

    public static RuleTab Tab(string field) => field switch
    {
        "queryFrequency" or "queryPeriod" => RuleTab.Schedule,
        "triggerOperator" or "triggerThreshold" or "eventGrouping" or "suppressionDuration" or "learningPeriod" or "holdAbove" => RuleTab.Trigger,
        "detector" or "baselineExcludesAlerts" => RuleTab.Detector,
        _ when field.StartsWith("settings", StringComparison.Ordinal) => RuleTab.Detector,
        _ => RuleTab.General,
    };

    /// <summary>A value as a version's changes write it, for a person: durations in words, and what is empty named so.</summary>
    public static string Value(string? value, string field) =>
        string.IsNullOrEmpty(value) ? IsFollowing(field) ? "(follows the schedule)" : "(none)"
        : field == "baselineExcludesAlerts" ? value == "true" ? "Yes" : "No"
        : IsDuration(value) && DurationText.TryParseIso(value, out var duration, out _) ? DurationText.ForPeople(duration)
        : value;

    private static bool IsFollowing(string field) => field is "settings.currentWindow" or "settings.countryLookback";

    private static bool IsDuration(string value) => value.Length > 2 && value[0] == 'P' && (char.IsAsciiDigit(value[1]) || value[1] == 'T');
}
