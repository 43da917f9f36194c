namespace RulePortal.Detection.Simulation;

/// <summary>Which number of a candidate stands where.</summary>
/// <param name="Knob">The knob's place in the detector's list.</param>
/// <param name="Lookback">The lookback in which it was counted.</param>
public readonly record struct PassColumn(int Knob, TimeSpan Lookback);
