using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Evaluation;

/// <summary>How long a rule goes on finding what it found.</summary>
/// <param name="RuleVersion">The rule version asked: the one in force.</param>
/// <param name="ExcludesAlerts">Whether that version keeps rows of its open and true-positive alerts out, as they stand now.</param>
/// <param name="Items">One for each of the first <see cref="BaselineForecaster.MostSubjects"/> subjects.</param>
/// <param name="Subjects">How many subjects there are.</param>
public sealed record BaselineForecasts(int RuleVersion, bool ExcludesAlerts, IReadOnlyList<BaselineForecast> Items, int Subjects);
