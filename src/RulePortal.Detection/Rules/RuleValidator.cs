using System.Text.RegularExpressions;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Rules.RuleLimits;
namespace RulePortal.Detection.Rules;

/// <summary>Judges rules before they are saved.</summary>
public static partial class RuleValidator
{
    /// <summary>Finds every fault of a rule; its detector's settings are judged by the detector.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The faults in the order of the form; empty when there are none.</returns>
    public static IReadOnlyList<RuleError> Validate(RuleDefinition rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return [.. Wording(rule), .. Taxonomy(rule), .. Schedule(rule), .. Trigger(rule), .. Silence(rule)];
    }

    private static IEnumerable<RuleError> Wording(RuleDefinition rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Name))
        {
            yield return new("name.missing", "name", "The rule needs a name.");
        }
        else if (rule.Name.Length > LongestName)
        {
            yield return new("name.too-long", "name", $"The name may have {LongestName} characters; it has {Words.Number(rule.Name.Length)}.");
        }

        if (rule.Description.Length > LongestDescription)
        {
            yield return new("description.too-long", "description", $"The description may have {Words.Number(LongestDescription)} characters; it has {Words.Number(rule.Description.Length)}.");
        }
    }

    private static IEnumerable<RuleError> Taxonomy(RuleDefinition rule)
    {
        if (!Enum.IsDefined(rule.Severity))
        {
            yield return new("severity.unknown", "severity", "The severity must be Informational, Low, Medium or High.");
        }

        if (rule.Tactics.Any(tactic => !Enum.IsDefined(tactic)))
        {
            yield return new("tactics.unknown", "tactics", "A tactic is none of Sentinel's.");
        }

        foreach (var tactic in rule.Tactics.CountBy(tactic => tactic).Where(tactic => tactic.Value > 1))
        {
            yield return new("tactics.repeated", "tactics", $"The tactic {tactic.Key} is given more than once.");
        }

        foreach (var technique in rule.Techniques.CountBy(technique => technique, StringComparer.Ordinal))
        {
            var shown = TelemetryText.Shown(technique.Key);
            if (!TechniqueForm().IsMatch(technique.Key))
            {
                yield return new("techniques.malformed", "techniques", $"'{shown}' is no technique; write T1071 or T1071.001.");
            }
            else if (technique.Value > 1)
            {
                yield return new("techniques.repeated", "techniques", $"The technique {shown} is given more than once.");
            }
        }
    }

    private static IEnumerable<RuleError> Schedule(RuleDefinition rule)
    {
        var (frequency, period) = (rule.QueryFrequency, rule.QueryPeriod);
        foreach (var error in Between("queryFrequency", "frequency", "QueryFrequency", frequency, Shortest, LongestFrequency)
            .Concat(Between("queryPeriod", "period", "QueryPeriod", period, Shortest, LongestPeriod)))
        {
            yield return error;
        }

        if (period < frequency)
        {
            yield return new("period.shorter-than-frequency", "queryPeriod", $"QueryPeriod ({For(period)}) must not be shorter than QueryFrequency ({For(frequency)}): rows between two runs would never be looked at.");
        }

        if (period >= LongPeriod && frequency >= Shortest && frequency < ShortestFrequencyOfLongPeriod)
        {
            yield return new("frequency.too-short-for-period", "queryFrequency", $"With a QueryPeriod of {For(LongPeriod)} or more, QueryFrequency must be at least {For(ShortestFrequencyOfLongPeriod)}; it is {For(frequency)}.");
        }
    }

    private static IEnumerable<RuleError> Trigger(RuleDefinition rule)
    {
        if (!Enum.IsDefined(rule.TriggerOperator))
        {
            yield return new("trigger-operator.unknown", "triggerOperator", "The trigger operator must be GreaterThan, LessThan, Equal or NotEqual.");
        }

        if (rule.TriggerThreshold is < 0 or > GreatestThreshold)
        {
            yield return new("threshold.out-of-range", "triggerThreshold", $"The trigger threshold must be 0 to {Words.Number(GreatestThreshold)} result rows; it is {Words.Number(rule.TriggerThreshold)}.");
        }
        else if (rule is { TriggerOperator: TriggerOperator.LessThan, TriggerThreshold: 0 })
        {
            yield return new("threshold.never-holds", "triggerThreshold", "Fewer than 0 result rows never come: the rule could not fire.");
        }

        if (rule.HoldAbove is < 1 or > GreatestHold)
        {
            yield return new("hold-above.out-of-range", "holdAbove", $"The number of result rows above which the rule is held must be 1 to {Words.Number(GreatestHold)}, or none; it is {Words.Number(rule.HoldAbove.Value)}.");
        }

        if (!Enum.IsDefined(rule.EventGrouping))
        {
            yield return new("event-grouping.unknown", "eventGrouping", "Event grouping must be SingleAlert or AlertPerResult.");
        }
    }

    private static IEnumerable<RuleError> Silence(RuleDefinition rule)
    {
        if (rule.SuppressionDuration is { } silence)
        {
            foreach (var error in Between("suppressionDuration", "suppression", "SuppressionDuration", silence, Shortest, LongestSuppression))
            {
                yield return error;
            }

            if (silence < rule.QueryFrequency)
            {
                yield return new("suppression.shorter-than-frequency", "suppressionDuration", $"SuppressionDuration ({For(silence)}) must not be shorter than QueryFrequency ({For(rule.QueryFrequency)}): it would silence nothing.");
            }
        }

        foreach (var error in Between("learningPeriod", "learning", "LearningPeriod", rule.LearningPeriod, TimeSpan.Zero, LongestLearning))
        {
            yield return error;
        }
    }

    private static IEnumerable<RuleError> Between(string field, string code, string label, TimeSpan value, TimeSpan shortest, TimeSpan longest)
    {
        if (value < shortest || value > longest)
        {
            yield return new($"{code}.{(value < shortest ? "too-short" : "too-long")}", field, $"{label} must be {For(shortest)} to {For(longest)}; it is {For(value)}.");
        }
    }

    private static string For(TimeSpan duration) => DurationText.ForPeople(duration);

    [GeneratedRegex(@"^T[0-9]{4}(\.[0-9]{3})?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TechniqueForm();
}

/// <summary>One fault of a rule.</summary>
/// <param name="Code">Stable code, such as <c>frequency.too-short</c>.</param>
/// <param name="Field">The field at fault, such as <c>queryFrequency</c> or <c>settings.countryLookback</c>.</param>
/// <param name="Message">What is wrong and what would be right, as a sentence.</param>
public sealed record RuleError(string Code, string Field, string Message);
