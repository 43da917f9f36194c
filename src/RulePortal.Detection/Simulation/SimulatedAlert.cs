namespace RulePortal.Detection.Simulation;

/// <summary>An alert that a setting would have raised.</summary>
/// <param name="Window">The window's place in the pass.</param>
/// <param name="EndUtc">The window's end. UTC.</param>
/// <param name="GroupKey">With the window's end, what makes it the same alert under another setting, and as a stored occurrence.</param>
/// <param name="Rows">Its result rows; empty when the trigger holds on none.</param>
public sealed record SimulatedAlert(int Window, DateTime EndUtc, string GroupKey, IReadOnlyList<SimulatedRow> Rows);
