using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Detectors;

/// <summary>What a forecast is asked.</summary>
/// <param name="Rule">The rule as it evaluates the windows to come.</param>
/// <param name="WindowEndUtc">End of the window that found the subjects. UTC.</param>
/// <param name="Subjects">What was found.</param>
/// <param name="NowUtc">The clock: rows generated from now on are not known. UTC.</param>
public sealed record ForecastQuestion(RuleDefinition Rule, DateTime WindowEndUtc, IReadOnlyList<string> Subjects, DateTime NowUtc);
