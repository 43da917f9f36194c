namespace RulePortal.Detection.Simulation;

/// <summary>What comes of every value of one axis, all else as it is.</summary>
/// <param name="Axis">What is moved.</param>
/// <param name="Points">One a value of the axis.</param>
/// <param name="Knee">The place of the knee: where a further step begins to cost, or no longer saves; null when the curve has none.</param>
/// <param name="NoEffect">Why no value makes a difference, as a sentence; null when one does.</param>
public sealed record WhatIfCurve(WhatIfAxis Axis, IReadOnlyList<WhatIfTotals> Points, int? Knee, string? NoEffect);
