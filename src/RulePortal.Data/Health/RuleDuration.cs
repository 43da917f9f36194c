using RulePortal.Data.Alerts;

namespace RulePortal.Data.Health;

/// <summary>How long the evaluations of a rule took.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Runs">Evaluations measured.</param>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="P95">Of twenty, nineteen took no longer.</param>
/// <param name="Max">None took longer.</param>
public sealed record RuleDuration(AlertRule Rule, int Runs, TimeSpan Median, TimeSpan P95, TimeSpan Max)
{
    /// <summary>Measures durations by nearest rank.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static RuleDuration Of(AlertRule rule, IEnumerable<TimeSpan> durations)
    {
        List<TimeSpan> sorted = [.. durations.Order()];
        return sorted.Count == 0
            ? throw new ArgumentException("There is no duration to measure.", nameof(durations))
            : new(rule, sorted.Count, Rank(0.5), Rank(0.95), sorted[^1]);

        TimeSpan Rank(double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}
