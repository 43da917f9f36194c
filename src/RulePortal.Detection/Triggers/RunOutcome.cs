using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Triggers;

/// <summary>What a run comes to: its alerts, and the sentence that says why.</summary>
/// <param name="Kind">What came of it.</param>
/// <param name="Groups">The alerts to raise; empty unless <see cref="RunOutcomeKind.Alerted"/>.</param>
/// <param name="Sentence">One sentence with its numbers, without a full stop.</param>
public sealed record RunOutcome(RunOutcomeKind Kind, IReadOnlyList<AlertGroup> Groups, string Sentence)
{
    /// <summary>Judges the result rows of a window that was evaluated.</summary>
    /// <param name="rule">The rule version in force.</param>
    /// <param name="window">The window that was evaluated.</param>
    /// <param name="findings">Its result rows.</param>
    /// <param name="windowHasRows">Whether the source sent any row in the window, of whatever direction.</param>
    /// <param name="baseline">How full the baseline was.</param>
    /// <remarks>A trigger that holds on no rows is what somebody sets to hear of silence: with it, a window without rows is judged like any other.</remarks>
    public static RunOutcome Judge(RuleDefinition rule, TimeRange window, IReadOnlyList<Finding> findings, bool windowHasRows, BaselineFullness baseline)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(findings);
        var trigger = new TriggerCondition(rule.TriggerOperator, rule.TriggerThreshold);
        return KindOf(rule, findings.Count, windowHasRows, baseline) switch
        {
            RunOutcomeKind.NoData => new RunOutcome(RunOutcomeKind.NoData, [], RunSentence.NoData(window)),
            RunOutcomeKind.Learning => new RunOutcome(RunOutcomeKind.Learning, [], RunSentence.Learning(baseline, rule.LearningPeriod, findings.Count, trigger)),
            var kind => Judged(kind, AlertGrouping.Split(rule.EventGrouping, trigger, findings)),
        };

        RunOutcome Judged(RunOutcomeKind kind, IReadOnlyList<AlertGroup> groups) => new(kind, groups, RunSentence.Judged(findings.Count, trigger, groups));
    }

    /// <summary>What comes of a number of result rows: the judgement without the rows, which is all that a simulation needs.</summary>
    /// <param name="rule">The rule version in force.</param>
    /// <param name="resultCount">How many result rows.</param>
    /// <param name="windowHasRows">Whether the source sent any row in the window, of whatever direction.</param>
    /// <param name="baseline">How full the baseline was.</param>
    public static RunOutcomeKind KindOf(RuleDefinition rule, int resultCount, bool windowHasRows, BaselineFullness baseline)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var trigger = new TriggerCondition(rule.TriggerOperator, rule.TriggerThreshold);
        return !windowHasRows && !trigger.Fires(0) ? RunOutcomeKind.NoData
            : baseline.IsLearning(rule.LearningPeriod) ? RunOutcomeKind.Learning
            : AlertGrouping.Count(rule.EventGrouping, trigger, resultCount) > 0 ? RunOutcomeKind.Alerted
            : RunOutcomeKind.NoAlert;
    }

    /// <summary>Whether a window that would alert has so many result rows that a person has to decide first.</summary>
    /// <remarks>Only what would be alerted is held: a window that is silent, learning or below the trigger does no harm, whatever it finds.</remarks>
    public static bool IsHeld(RuleDefinition rule, RunOutcomeKind kind, int resultCount)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return kind == RunOutcomeKind.Alerted && resultCount > rule.HoldAbove;
    }

    /// <summary>The outcome of a window that falls into the silence after an alert.</summary>
    public static RunOutcome Suppressed(Suppression suppression) => new(RunOutcomeKind.Suppressed, [], RunSentence.Suppressed(suppression));
}

/// <summary>What came of a run.</summary>
public enum RunOutcomeKind
{
    /// <summary>The result rows did not fire, or made nothing to alert on.</summary>
    NoAlert = 0,

    /// <summary>The run raised alerts.</summary>
    Alerted = 1,

    /// <summary>The baseline is too thin: the outcome is recorded and raises no alert.</summary>
    Learning = 2,

    /// <summary>The source sent nothing in the window.</summary>
    NoData = 3,

    /// <summary>The window fell into the silence after an alert and was not evaluated.</summary>
    Suppressed = 4,
}
