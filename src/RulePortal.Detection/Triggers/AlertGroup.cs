using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Triggers;

/// <summary>The result rows of one alert.</summary>
/// <param name="GroupKey">What makes the occurrence unique within its window: the finding's own key, or one of the constants of <see cref="AlertGrouping"/>.</param>
/// <param name="Findings">The rows, in the run's order; empty when the trigger holds on no rows.</param>
public sealed record AlertGroup(string GroupKey, IReadOnlyList<Finding> Findings);
