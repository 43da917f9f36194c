namespace RulePortal.Data.Ledger.Gaps;

/// <summary>Why windows were not evaluated when they came due.</summary>
public enum GapCause
{
    /// <summary>Nothing evaluated them in time: the portal was down or behind.</summary>
    Missed = 0,

    /// <summary>A person asked for windows that the rule never had, or had skipped.</summary>
    Requested = 1,
}
