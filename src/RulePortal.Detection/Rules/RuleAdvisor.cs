using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Rules.RuleLimits;
namespace RulePortal.Detection.Rules;

/// <summary>Says what is worth knowing of a rule that may be saved: what Sentinel would refuse, what was mapped, what never holds it. Its detector adds what it knows.</summary>
public static class RuleAdvisor
{
    /// <summary>Gathers advice.</summary>
    /// <param name="rule">The rule; a faulty one is advised on as far as it can be read.</param>
    public static IReadOnlyList<RuleAdvice> Advise(RuleDefinition rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return [.. Sentinel(rule), .. MappedTactics(rule), .. Holding(rule)];
    }

    private static IEnumerable<RuleAdvice> Sentinel(RuleDefinition rule)
    {
        if (rule.QueryPeriod > LongestPeriodInSentinel)
        {
            yield return new("sentinel.period-too-long", "queryPeriod", $"Sentinel would refuse: its QueryPeriod is at most {DurationText.ForPeople(LongestPeriodInSentinel)}, here it is {DurationText.ForPeople(rule.QueryPeriod)}.");
        }

        if (rule.Techniques.Count > 0 && rule.Tactics.Count == 0)
        {
            yield return new("sentinel.technique-without-tactic", "tactics", "Sentinel would refuse: a technique needs a tactic it belongs to.");
        }

        if (rule.QueryText is { Length: > LongestQueryInSentinel } query)
        {
            yield return new("sentinel.query-too-long", "queryText", $"Sentinel would refuse: its queries have at most {Words.Number(LongestQueryInSentinel)} characters, this one has {Words.Number(query.Length)}.");
        }
    }

    private static IEnumerable<RuleAdvice> Holding(RuleDefinition rule)
    {
        if (rule.HoldAbove is { } most && rule.TriggerOperator == TriggerOperator.GreaterThan && rule.TriggerThreshold >= most)
        {
            yield return new("hold-above.always", "holdAbove", $"The rule fires on more than {Words.Number(rule.TriggerThreshold)} result rows and is held above {Words.Number(most)}: every window that fires waits for a person.");
        }
        else if (rule.HoldAbove is null)
        {
            yield return new("hold-above.never", "holdAbove", "Nothing stops the rule when it suddenly makes very many result rows: each of them may become an alert.");
        }
    }

    private static IEnumerable<RuleAdvice> MappedTactics(RuleDefinition rule)
    {
        foreach (var spelled in (rule.TacticsText ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (AttackTactics.TryParse(spelled, out _, out var note) && note is not null)
            {
                yield return new("tactics.mapped", "tactics", note);
            }
        }
    }
}

/// <summary>Something worth knowing about a rule that is valid: shown beside a field, never in the way of saving.</summary>
/// <param name="Code">Stable code, such as <c>sentinel.period-too-long</c>.</param>
/// <param name="Field">The field it concerns, such as <c>queryPeriod</c> or <c>settings.tupleThreshold</c>.</param>
/// <param name="Message">One or two sentences with their numbers.</param>
public sealed record RuleAdvice(string Code, string Field, string Message);
