using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Triggers;

/// <summary>The sentence that a run leaves behind.</summary>
public static class RunSentence
{
    /// <summary>What became of a number of result rows.</summary>
    /// <param name="results">How many.</param>
    /// <param name="trigger">What they were compared with.</param>
    /// <param name="groups">The alerts they made.</param>
    public static string Judged(long results, TriggerCondition trigger, IReadOnlyList<AlertGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var compared = Compared(results, trigger);
        if (!trigger.Fires(results))
        {
            return compared;
        }

        var alerts = groups.Count == 0 ? "no alert, as there is one alert a result row" : Count(groups.Count, "alert");
        return groups.Count > 1 && groups[^1].Findings.Count > 1
            ? $"{compared}: {alerts}, the last for {Count(groups[^1].Findings.Count, "row")}"
            : $"{compared}: {alerts}";
    }

    /// <summary>Nothing came from the source.</summary>
    public static string NoData(TimeRange window) =>
        $"No rows arrived for this window ({Instant(window.StartUtc)} to {Instant(window.EndUtc)}): the source is silent, which is not the same as nothing found";

    /// <summary>The baseline is too thin for alerts.</summary>
    public static string Learning(BaselineFullness baseline, TimeSpan learningPeriod, long results, TriggerCondition trigger) =>
        $"Learning: the baseline has {Number(baseline.DaysPresent)} of {Count(baseline.DaysNeeded(learningPeriod), "day")}, so no alert was raised; {Compared(results, trigger)}";

    /// <summary>The window was silent after an alert.</summary>
    public static string Suppressed(Suppression suppression) =>
        $"Suppressed until {Instant(suppression.UntilUtc)}, {DurationText.ForPeople(suppression.Duration)} after the alert of the window that ended {Instant(suppression.AlertedEndUtc)}";

    /// <summary>The rule made more result rows than it may alert on by itself.</summary>
    /// <param name="results">How many.</param>
    /// <param name="most">The rule's HoldAbove.</param>
    public static string Held(long results, int most) =>
        $"{Count(results, "result row")} are more than the {Number(most)} above which the rule is held: nothing was alerted";

    /// <summary>The window was too old to be caught up with.</summary>
    public static string Skipped(TimeSpan catchUpLimit) =>
        $"Skipped: the window ended more than {DurationText.ForPeople(catchUpLimit)} before it could be evaluated";

    private static string Compared(long results, TriggerCondition trigger)
    {
        var fires = trigger.Fires(results);
        var verb = trigger.Operator switch
        {
            TriggerOperator.GreaterThan => fires ? "exceeded" : "did not reach",
            TriggerOperator.LessThan => fires ? "stayed under" : "did not stay under",
            _ => fires ? "met" : "did not meet",
        };
        return $"{Count(results, "result row")} {verb} the threshold of {trigger}";
    }
}
