namespace RulePortal.Detection.Triggers;

/// <summary>How the number of result rows is compared with the threshold (Sentinel's triggerOperator).</summary>
public enum TriggerOperator
{
    /// <summary>gt: more than the threshold.</summary>
    GreaterThan = 0,

    /// <summary>lt: fewer than the threshold.</summary>
    LessThan = 1,

    /// <summary>eq: exactly the threshold.</summary>
    Equal = 2,

    /// <summary>ne: anything but the threshold.</summary>
    NotEqual = 3,
}
