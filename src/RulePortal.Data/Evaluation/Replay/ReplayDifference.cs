using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>One thing that differs.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Row">The result row's columns, as they were where it was there then; empty for the evaluation as a whole.</param>
/// <param name="Name">What is compared: a column, or a measure in words.</param>
/// <param name="Then">Its value when the alert was raised; null where there was none.</param>
/// <param name="Now">Its value today; null where there is none.</param>
public sealed record ReplayDifference(ReplayDifferenceKind Kind, IReadOnlyList<ResultColumn> Row, string Name, string? Then, string? Now);
