namespace RulePortal.Data.Operations;

/// <summary>What became of windows that were missed.</summary>
public enum GapState
{
    /// <summary>Waiting to be evaluated.</summary>
    Unfilled = 0,

    /// <summary>Being evaluated.</summary>
    Filling = 1,

    /// <summary>Evaluated later.</summary>
    Filled = 2,

    /// <summary>Never to be evaluated.</summary>
    Skipped = 3,

    /// <summary>Given up after faults of the rule.</summary>
    Failed = 4,
}
