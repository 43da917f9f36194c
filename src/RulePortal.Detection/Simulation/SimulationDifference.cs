namespace RulePortal.Detection.Simulation;

/// <summary>What a change of settings does to the alerts of complete windows, by name.</summary>
/// <param name="Added">Only the new setting raises them.</param>
/// <param name="Removed">Only the old setting raised them.</param>
/// <param name="Both">Both raise them, with the rows of the new setting.</param>
public sealed record SimulationDifference(IReadOnlyList<SimulatedAlert> Added, IReadOnlyList<SimulatedAlert> Removed, IReadOnlyList<SimulatedAlert> Both);
