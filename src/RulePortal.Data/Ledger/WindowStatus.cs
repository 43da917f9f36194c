namespace RulePortal.Data.Ledger;

/// <summary>Where a window stands in the ledger.</summary>
public enum WindowStatus
{
    /// <summary>To be evaluated, or to be tried again.</summary>
    Due = 0,

    /// <summary>Some worker holds its lease.</summary>
    Running = 1,

    /// <summary>Evaluated.</summary>
    Succeeded = 2,

    /// <summary>Given up: a fault of the rule itself.</summary>
    Failed = 3,

    /// <summary>Beyond the catch-up limit; never evaluated.</summary>
    Skipped = 4,

    /// <summary>Not evaluated: the rule was silent after an alert.</summary>
    Suppressed = 5,

    /// <summary>The source sent nothing for it, which is not the same as no findings.</summary>
    NoData = 6,

    /// <summary>Not alerted on: it holds its rule until a person decides.</summary>
    Held = 7,
}
