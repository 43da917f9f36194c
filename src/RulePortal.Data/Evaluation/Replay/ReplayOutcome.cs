namespace RulePortal.Data.Evaluation.Replay;

/// <summary>How asking for a replay ended.</summary>
public enum ReplayOutcome
{
    /// <summary>Every evaluation behind the alert was looked at.</summary>
    Replayed = 0,

    /// <summary>There is no such alert.</summary>
    NotFound = 1,

    /// <summary>It took longer than <see cref="Evaluation.RuleSimulator.TimeLimit"/>, waiting for a place included.</summary>
    TimedOut = 2,
}
