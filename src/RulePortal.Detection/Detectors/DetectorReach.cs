using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors;

/// <summary>The spans a detector reads, as lengths back from the window's end.</summary>
/// <param name="CurrentWindow">Length of the window under evaluation.</param>
/// <param name="Lookback">Longest distance from the window's end to a row that is read.</param>
public sealed record DetectorReach(TimeSpan CurrentWindow, TimeSpan Lookback)
{
    /// <summary>The window that ends at an instant.</summary>
    public TimeRange WindowEndingAt(DateTime endUtc) => TimeRange.Back(endUtc, CurrentWindow);

    /// <summary>The history before that window.</summary>
    public TimeRange BaselineBefore(DateTime endUtc) => TimeRange.Back(endUtc, Lookback, CurrentWindow);
}
