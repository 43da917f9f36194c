namespace RulePortal.Detection.Simulation;

/// <summary>Result rows of one window that stand or fall together, with the numbers that decide it.</summary>
/// <param name="Window">The window's place in the pass.</param>
/// <param name="Subject">What the rows have in common, such as a country; empty when a detector names nothing.</param>
/// <param name="Counts">For each column of the pass, how many rows were counted; one past the pass's highest threshold stands for all above.</param>
/// <param name="Rows">The result rows, in the order of the detector's results.</param>
public sealed record Candidate(int Window, string Subject, IReadOnlyList<int> Counts, IReadOnlyList<SimulatedRow> Rows);
