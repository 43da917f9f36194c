using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Triggers;

/// <summary>The parts of a rule that every detector shares, in words.</summary>
public static class RuleWords
{
    /// <summary>The whole rule: what it looks at, when a row is a result, when it fires and what it makes then.</summary>
    public static string Describe(BoundRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return $"{rule.Description} {Response(rule.Definition)}";
    }

    /// <summary>When the rule fires and what it makes then, in a few sentences.</summary>
    public static string Response(RuleDefinition rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var trigger = new TriggerCondition(rule.TriggerOperator, rule.TriggerThreshold);
        var fires = rule.EventGrouping == EventGrouping.SingleAlert
            ? $"Fires on {trigger} {Rows(rule)}, with one alert for all of them."
            : $"Fires on {trigger} {Rows(rule)}, with one alert each, at most {Words.Number(AlertGrouping.MostAlerts)}.";
        var silent = rule.SuppressionDuration is { } silence ? $" After an alert it stays silent for {DurationText.ForPeople(silence)}." : "";
        var held = rule.HoldAbove is { } most ? $" Above {Words.Count(most, "result row")} it is held until a person decides." : "";
        var kept = rule.BaselineExcludesAlerts ? " Rows of its alerts that are open or true positives are not counted when it looks back." : "";
        return $"{fires}{silent}{held}{kept}";
    }

    private static string Rows(RuleDefinition rule) => rule.TriggerThreshold == 1 ? "result row" : "result rows";
}
