using System.Globalization;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>What a new alert says of itself.</summary>
internal static class AlertWording
{
    private const int TitleLength = 300;
    private const int SummaryLength = 2000;
    private const int NamedCountries = 3;

    /// <summary>Sentinel's limit for one alert.</summary>
    private const int MostEntities = 500;

    public static AlertContent Content(
        RuleDefinition rule,
        TimeRange window,
        IReadOnlyList<Finding> findings,
        BaselineFullness baseline)
    {
        var trigger = new TriggerCondition(rule.TriggerOperator, rule.TriggerThreshold);
        var entities = findings.SelectMany(finding => finding.Entities).Distinct().Take(MostEntities).ToList();
        return new AlertContent(
            rule.Name,
            Cut(Title(rule, entities), TitleLength),
            Cut(Summary(trigger, window, findings), SummaryLength),
            rule.Severity,
            trigger.ToString(),
            rule.Tactics,
            rule.Techniques,
            entities,
            baseline.DaysPresent,
            baseline.DaysLookedBack);
    }

    private static string Title(RuleDefinition rule, List<FindingEntity> entities)
    {
        var countries = entities.Where(entity => entity.Type is EntityType.Country).Select(entity => entity.Value).ToList();
        return countries.Count switch
        {
            0 => rule.Name,
            <= NamedCountries => $"{rule.Name}: {string.Join(", ", countries)}",
            _ => $"{rule.Name}: {string.Join(", ", countries.Take(NamedCountries))} and {countries.Count - NamedCountries} more",
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
