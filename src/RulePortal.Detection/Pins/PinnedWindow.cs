using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Pins;

/// <summary>A window of a pinned alert.</summary>
/// <param name="Range">What the detector looked at.</param>
/// <param name="Rows">The alert's rows; empty when its trigger held on none.</param>
/// <param name="Gone">Countries of those rows that have no connection in the window any more, as after a withdrawal.</param>
public sealed record PinnedWindow(TimeRange Range, IReadOnlyList<PinnedRow> Rows, IReadOnlyList<string> Gone);
