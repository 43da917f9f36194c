namespace RulePortal.Data.Evaluation.Replay;

/// <summary>In what a replay differs.</summary>
public enum ReplayDifferenceKind
{
    /// <summary>A result row that is not found again.</summary>
    RowOnlyThen = 0,

    /// <summary>A result row that was not found then.</summary>
    RowOnlyNow = 1,

    /// <summary>A value of a row that is there both times.</summary>
    RowValue = 2,

    /// <summary>A number of the evaluation as a whole.</summary>
    Run = 3,
}
