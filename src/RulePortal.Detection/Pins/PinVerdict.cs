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

/// <summary>What a pin demands of the alert it is put on.</summary>
public enum PinKind
{
    /// <summary>Every later version of the rule has to raise the alert.</summary>
    MustFire = 0,

    /// <summary>No later version of the rule may raise any row of the alert.</summary>
    MustNotFire = 1,
}

/// <summary>How a pin stands under a definition.</summary>
public enum PinStanding
{
    /// <summary>The definition does what the pin demands.</summary>
    Holds = 0,

    /// <summary>It does not.</summary>
    Breaks = 1,

    /// <summary>It cannot be told.</summary>
    CannotBeJudged = 2,
}
