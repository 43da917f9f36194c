using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Detectors;

/// <summary>A detector whose findings become part of what it compares with, and which can say when it no longer finds them.</summary>
/// <typeparam name="TSettings">The detector's settings.</typeparam>
public interface IForecast<in TSettings>
{
    /// <summary>Says of each subject how far it is from being ordinary.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="question">Which rule, window and subjects, and what time it is.</param>
    /// <param name="connections">The rows; one consistent read. What is excluded from it is excluded from the forecast.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One a subject, in their order.</returns>
    Task<IReadOnlyList<BaselineForecast>> ForecastAsync(TSettings settings, ForecastQuestion question, IConnections connections, CancellationToken cancellationToken);
}

/// <summary>What a forecast is asked.</summary>
/// <param name="Rule">The rule as it evaluates the windows to come.</param>
/// <param name="WindowEndUtc">End of the window that found the subjects. UTC.</param>
/// <param name="Subjects">What was found.</param>
/// <param name="NowUtc">The clock: rows generated from now on are not known. UTC.</param>
public sealed record ForecastQuestion(RuleDefinition Rule, DateTime WindowEndUtc, IReadOnlyList<Subject> Subjects, DateTime NowUtc);

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
    Subject Subject,
    BaselineState State,
    long Rows,
    bool IsAtLeast,
    long Limit,
    DateTime? ReachedUtc,
    DateTime? FirstEndUtc,
    DateTime? UntilUtc,
    string Sentence);

/// <summary>Whether a rule still finds what it found once.</summary>
public enum BaselineState
{
    /// <summary>It still does, and more rows are needed for it to become ordinary.</summary>
    Found = 0,

    /// <summary>The rows that make it ordinary are there, and the first window that looks back on them is still to end.</summary>
    Becoming = 1,

    /// <summary>It is ordinary: windows that ended did not find it any more.</summary>
    Ordinary = 2,

    /// <summary>It could not be worked out within bounds.</summary>
    Unknown = 3,
}
