using System.Globalization;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What an action on several alerts did.</summary>
/// <param name="Done">What was asked for, such as "acknowledged".</param>
/// <param name="Results">One result an alert.</param>
public sealed record TriageSummary(string Done, IReadOnlyList<TriageResult> Results)
{
    /// <summary>The alerts to which nothing was done.</summary>
    public IReadOnlyList<TriageResult> Refused => [.. Results.Where(result => TriageWords.Refusal(result) is not null)];

    /// <summary>One sentence with its numbers.</summary>
    public string Sentence
    {
        get
        {
            var same = Results.Count(result => result.Outcome is TriageOutcome.Unchanged);
            var changed = Results.Count(result => result.Outcome is TriageOutcome.Changed);
            var all = string.Create(CultureInfo.InvariantCulture, $"{changed:N0} of {Results.Count:N0} {(Results.Count == 1 ? "alert" : "alerts")} {Done}");
            return (same, Refused.Count) switch
            {
                (0, 0) => all + ".",
                (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{all}; {same:N0} {(same == 1 ? "was" : "were")} so already."),
                _ => string.Create(CultureInfo.InvariantCulture, $"{all}. {Refused.Count:N0} {(Refused.Count == 1 ? "was" : "were")} left alone and {(Refused.Count == 1 ? "stays" : "stay")} selected:"),
            };
        }
    }
}

internal static class EntityWords
{
    /// <summary>The type as a person reads it before a value, such as "IP".</summary>
    public static string Name(this EntityType type) => type is EntityType.Ip ? "IP" : type.ToString();

    /// <summary>The type within a sentence, such as "host".</summary>
    public static string InSentence(this EntityType type) => type is EntityType.Ip ? "IP" : type.ToString().ToLowerInvariant();
}
