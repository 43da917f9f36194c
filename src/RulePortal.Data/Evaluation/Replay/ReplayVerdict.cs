namespace RulePortal.Data.Evaluation.Replay;

/// <summary>What evaluating again came to, compared with what is kept. The later, the worse.</summary>
public enum ReplayVerdict
{
    /// <summary>Every row and every number is as it was.</summary>
    Identical = 0,

    /// <summary>What is kept is as it was, and there are as many rows; not every row is kept.</summary>
    IdenticalAsKept = 1,

    /// <summary>Something differs.</summary>
    Different = 2,

    /// <summary>It could not be evaluated again.</summary>
    Impossible = 3,
}
