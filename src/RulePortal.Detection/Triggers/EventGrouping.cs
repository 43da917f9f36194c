namespace RulePortal.Detection.Triggers;

/// <summary>How result rows become alerts (Sentinel's aggregationKind).</summary>
public enum EventGrouping
{
    /// <summary>One alert for all result rows of a run.</summary>
    SingleAlert = 0,

    /// <summary>One alert a result row: at most 150 a run, of which the last stands for all rows beyond 149.</summary>
    AlertPerResult = 1,
}
