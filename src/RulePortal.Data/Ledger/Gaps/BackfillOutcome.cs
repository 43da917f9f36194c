namespace RulePortal.Data.Ledger.Gaps;

/// <summary>What became of the wish to fill a span.</summary>
public enum BackfillOutcome
{
    /// <summary>It can be filled; nothing was written.</summary>
    Previewed = 0,

    /// <summary>Its windows are due.</summary>
    Started = 1,

    /// <summary>Every window of it is evaluated or waits already.</summary>
    NothingToDo = 2,

    /// <summary>The span is none, or too long.</summary>
    Invalid = 3,

    /// <summary>The rule is disabled, so nothing would evaluate the windows.</summary>
    Disabled = 4,

    /// <summary>There is no such rule.</summary>
    NotFound = 5,
}
