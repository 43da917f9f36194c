using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;

namespace RulePortal.Data.Evaluation;

/// <summary>What came of a simulation.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="WhatIf">Answers questions about it, when it was simulated.</param>
/// <param name="Errors">Every fault, when it was not.</param>
/// <param name="Elapsed">How long the pass took.</param>
public sealed record SimulationResult(SimulationOutcome Outcome, WhatIf? WhatIf, IReadOnlyList<RuleError> Errors, TimeSpan Elapsed)
{
    internal static SimulationResult Refused(SimulationOutcome outcome, params IReadOnlyList<RuleError> errors) => new(outcome, null, errors, TimeSpan.Zero);
}
