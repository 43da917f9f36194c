using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Triggers;

/// <summary>Splits the result rows of one run into the alerts they make.</summary>
public static class AlertGrouping
{
    /// <summary>Most alerts a run makes.</summary>
    public const int MostAlerts = 150;

    /// <summary>Group key of the one alert that stands for all rows. No finding's key is this short.</summary>
    public const string AllRows = "all";

    /// <summary>Group key of the last alert when there are more rows than alerts.</summary>
    public const string RemainingRows = "rest";

    /// <summary>Splits rows.</summary>
    /// <param name="grouping">One alert in all, or one a row.</param>
    /// <param name="trigger">When the run fires at all.</param>
    /// <param name="findings">The run's result rows.</param>
    /// <returns>
    /// No group when the trigger does not hold. Else one group of all rows, even of none (<see cref="EventGrouping.SingleAlert"/>), or a group a
    /// row, in the rows' order: beyond 150 rows the 150th group has all that are left (<see cref="EventGrouping.AlertPerResult"/>).
    /// </returns>
    public static IReadOnlyList<AlertGroup> Split(EventGrouping grouping, TriggerCondition trigger, IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (!trigger.Fires(findings.Count))
        {
            return [];
        }

        if (grouping == EventGrouping.SingleAlert)
        {
            return [new AlertGroup(AllRows, findings)];
        }

        return findings.Count <= MostAlerts
            ? [.. findings.Select(Alone)]
            : [.. findings.Take(MostAlerts - 1).Select(Alone), new AlertGroup(RemainingRows, [.. findings.Skip(MostAlerts - 1)])];
    }

    /// <summary>How many alerts a number of result rows makes: the length of what <see cref="Split"/> gives.</summary>
    public static int Count(EventGrouping grouping, TriggerCondition trigger, int resultCount) =>
        !trigger.Fires(resultCount) ? 0
        : grouping == EventGrouping.SingleAlert ? 1
        : Math.Min(resultCount, MostAlerts);

    private static AlertGroup Alone(Finding finding) => new(finding.GroupKey, [finding]);
}

/// <summary>The result rows of one alert.</summary>
/// <param name="GroupKey">What makes the occurrence unique within its window: the finding's own key, or one of the constants of <see cref="AlertGrouping"/>.</param>
/// <param name="Findings">The rows, in the run's order; empty when the trigger holds on no rows.</param>
public sealed record AlertGroup(string GroupKey, IReadOnlyList<Finding> Findings);
