using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Scheduling;

/// <summary>A window to enter into the ledger.</summary>
/// <param name="Range">What the window covers, half-open.</param>
/// <param name="IsSkipped">True when the window is too old to be caught up with: it is recorded, never evaluated.</param>
public readonly record struct PlannedWindow(TimeRange Range, bool IsSkipped);
