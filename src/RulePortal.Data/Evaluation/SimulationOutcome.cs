namespace RulePortal.Data.Evaluation;

/// <summary>How a simulation ended.</summary>
public enum SimulationOutcome
{
    /// <summary>Every window was evaluated.</summary>
    Simulated = 0,

    /// <summary>The rule or the span has faults.</summary>
    Invalid = 1,

    /// <summary>There is more than a simulation holds.</summary>
    TooLarge = 2,

    /// <summary>It took longer than <see cref="RuleSimulator.TimeLimit"/>, waiting for a place included.</summary>
    TimedOut = 3,
}
