namespace RulePortal.Data.Ledger;

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>Not ended, or its worker was lost.</summary>
    Running = 0,

    /// <summary>Raised or added to alerts.</summary>
    Alerted = 1,

    /// <summary>Evaluated; the trigger did not hold.</summary>
    BelowThreshold = 2,

    /// <summary>The trigger held, and everything found was alerted before.</summary>
    AlreadyAlerted = 3,

    /// <summary>The baseline is too thin; no alert.</summary>
    Learning = 4,

    /// <summary>The window has no rows.</summary>
    NoData = 5,

    /// <summary>Silent after an alert.</summary>
    Suppressed = 6,

    /// <summary>A fault that will be tried again.</summary>
    TransientFault = 7,

    /// <summary>A fault of the rule itself.</summary>
    RuleFault = 8,

    /// <summary>The lease ran out before the end; nothing was written.</summary>
    LeaseLost = 9,

    /// <summary>More result rows than the rule may alert on by itself; nothing was alerted.</summary>
    Held = 10,
}
