using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Simulation;

/// <summary>A threshold that a what-if can move.</summary>
/// <param name="Threshold">The setting compared with; a candidate's number may be at most this.</param>
/// <param name="Lookback">The setting in which rows are counted for it.</param>
public sealed record ThresholdKnob(CountSetting Threshold, DurationSetting Lookback);
