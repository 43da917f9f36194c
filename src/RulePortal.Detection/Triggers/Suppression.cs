namespace RulePortal.Detection.Triggers;

/// <summary>The silence after an alert. Judged by windows, not by the clock, so that a replay of past windows is silent at the same ones.</summary>
/// <param name="AlertedEndUtc">End of the window that alerted. UTC.</param>
/// <param name="Duration">The rule's SuppressionDuration.</param>
public readonly record struct Suppression(DateTime AlertedEndUtc, TimeSpan Duration)
{
    /// <summary>When the silence ends.</summary>
    public DateTime UntilUtc => AlertedEndUtc + Duration;

    /// <summary>Whether a window falls into the silence: it ends after the window that alerted, and not after the silence.</summary>
    /// <remarks>A silence as long as the frequency covers exactly the next window. The window that alerted is not covered, so it can be attempted again.</remarks>
    public bool Covers(DateTime windowEndUtc) => windowEndUtc > AlertedEndUtc && windowEndUtc <= UntilUtc;
}
