using System.Globalization;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Alerts;

/// <summary>What a new alert says of itself.</summary>
internal static class AlertWording
{
    private const int TitleLength = 300;
    private const int SummaryLength = 2000;
    private const int NamedSubjects = 3;

    /// <summary>Sentinel's limit for one alert.</summary>
    private const int MostEntities = 500;

    public static AlertContent Content(
        RuleDefinition rule,
        TimeRange window,
        IReadOnlyList<Finding> findings,
        BaselineFullness baseline)
    {
        var trigger = new TriggerCondition(rule.TriggerOperator, rule.TriggerThreshold);
        var subjects = findings.Select(finding => finding.Subject).Where(subject => !subject.IsNone).Distinct().Take(MostEntities).ToList();
        return new AlertContent(
            rule.Name,
            Cut(Title(rule, subjects), TitleLength),
            Cut(Summary(trigger, window, findings), SummaryLength),
            rule.Severity,
            trigger.ToString(),
            rule.Tactics,
            rule.Techniques,
            [.. findings.SelectMany(finding => finding.Entities).Distinct().Take(MostEntities)],
            subjects,
            baseline.DaysPresent,
            baseline.DaysLookedBack);
    }

    private static string Title(RuleDefinition rule, List<Subject> subjects)
    {
        var named = string.Join(", ", subjects.Take(NamedSubjects).Select(subject => string.Join(" / ", subject.Values.Select(value => value.Value))));
        return subjects.Count switch
        {
            0 => rule.Name,
            <= NamedSubjects => $"{rule.Name}: {named}",
            _ => $"{rule.Name}: {named} and {subjects.Count - NamedSubjects} more",
        };
    }

    private static string Summary(TriggerCondition trigger, TimeRange window, IReadOnlyList<Finding> findings)
    {
        var counted = string.Create(
            CultureInfo.InvariantCulture,
            $"{findings.Count} result {(findings.Count == 1 ? "row" : "rows")} from {window.StartUtc:yyyy-MM-dd HH:mm} to {window.EndUtc:yyyy-MM-dd HH:mm} UTC; the rule fires on {trigger}.");
        return findings.Count == 0 ? counted : $"{counted} {findings[0].Explanation.Summary}";
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
