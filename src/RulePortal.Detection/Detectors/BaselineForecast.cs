namespace RulePortal.Detection.Detectors;

/// <summary>How a finding grows into the baseline of its rule.</summary>
/// <param name="Subject">What grows, such as a country.</param>
/// <param name="State">Whether the rule still finds it.</param>
/// <param name="Rows">Rows in the lookback that ends now; counting stops where more make no difference.</param>
/// <param name="IsAtLeast">Whether counting stopped.</param>
/// <param name="Limit">More rows than this make it ordinary.</param>
/// <param name="ReachedUtc">When the row came that put it over the limit, or null. UTC.</param>
/// <param name="FirstEndUtc">End of the first window, after the one that found it, that no longer finds it; null when none is known. UTC.</param>
/// <param name="UntilUtc">Windows that end later find it again when no further row comes; null when they find it now. UTC.</param>
/// <param name="Sentence">All of this for people, with its numbers.</param>
public sealed record BaselineForecast(
    string Subject, BaselineState State, long Rows, bool IsAtLeast, long Limit, DateTime? ReachedUtc, DateTime? FirstEndUtc, DateTime? UntilUtc, string Sentence);
