namespace RulePortal.Detection.Simulation;

/// <summary>What a change of settings does to the alerts of complete windows, by name.</summary>
/// <param name="Added">Only the new setting raises them.</param>
/// <param name="Removed">Only the old setting raised them.</param>
/// <param name="Both">Both raise them, with the rows of the new setting.</param>
public sealed record SimulationDifference(IReadOnlyList<SimulatedAlert> Added, IReadOnlyList<SimulatedAlert> Removed, IReadOnlyList<SimulatedAlert> Both)
{
    /// <summary>Compares a setting of one pass with a setting of another, or of the same. Only windows that are complete under both count.</summary>
    public static SimulationDifference Of(WhatIf before, WhatIfSetting old, WhatIf after, WhatIfSetting @new)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(@new);
        var lookback = TimeSpan.FromTicks(Math.Max(before.Pass.LookbackOf(old.Knobs).Ticks, after.Pass.LookbackOf(@new.Knobs).Ticks));
        var was = ByKey(before, old, lookback);
        var will = ByKey(after, @new, lookback);
        return new SimulationDifference(
            [.. will.Where(alert => !was.ContainsKey(alert.Key)).Select(alert => alert.Value)],
            [.. was.Where(alert => !will.ContainsKey(alert.Key)).Select(alert => alert.Value)],
            [.. will.Where(alert => was.ContainsKey(alert.Key)).Select(alert => alert.Value)]);
    }

    private static OrderedDictionary<(DateTime, string), SimulatedAlert> ByKey(WhatIf whatIf, WhatIfSetting setting, TimeSpan lookback)
    {
        var alerts = new OrderedDictionary<(DateTime, string), SimulatedAlert>();
        foreach (var alert in whatIf.Alerts(setting).Where(alert => whatIf.Pass.IsComplete(alert.Window, lookback)))
        {
            alerts.TryAdd((alert.EndUtc, alert.GroupKey), alert);
        }

        return alerts;
    }
}
