namespace RulePortal.Detection.Simulation;

/// <summary>How far a simulation is.</summary>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; one is a country, or a window when each is evaluated alone.</param>
public readonly record struct SimulationProgress(int Done, int Total);
