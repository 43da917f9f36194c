using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Simulation;

/// <summary>A window of a simulation.</summary>
/// <param name="Range">What it covers; its end is where the scheduler ends it.</param>
/// <param name="HasRows">Whether the source sent any row in it, of whatever direction.</param>
public readonly record struct SimulatedWindow(TimeRange Range, bool HasRows);
