namespace RulePortal.Detection.Simulation;

/// <summary>A simulation found more than it may hold; the message is a sentence for people.</summary>
public sealed class SimulationLimitException(string message) : Exception(message);
