namespace RulePortal.Detection.Pins;

/// <summary>How a pin stands, and why.</summary>
/// <param name="Standing">How.</param>
/// <param name="Why">One or two sentences with their numbers.</param>
public sealed record PinVerdict(PinStanding Standing, string Why)
{
    /// <summary>A pin that cannot be judged.</summary>
    public static PinVerdict Unknown(string why) => new(PinStanding.CannotBeJudged, why);

    /// <summary>The verdict over all windows of an alert: broken where one breaks, known where all are.</summary>
    public static PinVerdict Over(IReadOnlyList<PinVerdict> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return windows.FirstOrDefault(window => window.Standing is PinStanding.Breaks)
            ?? windows.FirstOrDefault(window => window.Standing is PinStanding.CannotBeJudged)
            ?? (windows.Count == 0 ? Unknown("The alert has no window.") : windows[0]);
    }
}
