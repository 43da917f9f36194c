using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>Alerting over windows in their order: trigger, grouping, learning, and the silence after an alert, judged by the same code as a scheduled run.</summary>
public sealed class AlertingFold(RuleDefinition rule)
{
    private readonly TriggerCondition trigger = new(rule.TriggerOperator, rule.TriggerThreshold);
    private Suppression? silence;

    /// <summary>Judges the next window.</summary>
    /// <param name="endUtc">Its end, later than that of the one before. UTC.</param>
    /// <param name="resultCount">Its result rows.</param>
    /// <param name="windowHasRows">Whether the source sent any row in it.</param>
    /// <param name="baseline">How full its baseline was.</param>
    /// <returns>What came of it, and how many alerts.</returns>
    public (RunOutcomeKind Kind, int Alerts) Next(DateTime endUtc, int resultCount, bool windowHasRows, BaselineFullness baseline)
    {
        if (silence?.Covers(endUtc) == true)
        {
            return (RunOutcomeKind.Suppressed, 0);
        }

        var kind = RunOutcome.KindOf(rule, resultCount, windowHasRows, baseline);
        if (kind != RunOutcomeKind.Alerted)
        {
            return (kind, 0);
        }

        silence = rule.SuppressionDuration is { } duration ? new Suppression(endUtc, duration) : null;
        return (kind, AlertGrouping.Count(rule.EventGrouping, trigger, resultCount));
    }
}
