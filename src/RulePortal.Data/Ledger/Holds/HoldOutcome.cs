namespace RulePortal.Data.Ledger.Holds;

/// <summary>What came of a decision about a held rule.</summary>
public enum HoldOutcome
{
    /// <summary>The rule goes on.</summary>
    Released = 0,

    /// <summary>The window does not hold the rule, or no longer; nothing was changed.</summary>
    NotHeld = 1,

    /// <summary>There is no such rule or window of it.</summary>
    NotFound = 2,
}
