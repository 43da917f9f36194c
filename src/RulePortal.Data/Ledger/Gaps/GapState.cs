namespace RulePortal.Data.Ledger.Gaps;

/// <summary>How far a gap is filled.</summary>
public enum GapState
{
    /// <summary>Its windows wait.</summary>
    Unfilled = 0,

    /// <summary>Some windows are evaluated, others wait or run.</summary>
    Filling = 1,

    /// <summary>Nothing waits any more; windows may have been skipped.</summary>
    Filled = 2,

    /// <summary>None of its windows was evaluated, and none waits.</summary>
    Skipped = 3,
}
