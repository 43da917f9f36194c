namespace RulePortal.Detection.Simulation;

/// <summary>What a knob is set to.</summary>
/// <param name="Threshold">Most rows that let a candidate through.</param>
/// <param name="Lookback">How far back they are counted.</param>
public readonly record struct KnobValue(long Threshold, TimeSpan Lookback);
