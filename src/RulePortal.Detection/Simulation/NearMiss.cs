using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Simulation;

/// <summary>A window that did not alert and would have, had one threshold been a little different.</summary>
/// <param name="Window">The window's position in the pass.</param>
/// <param name="EndUtc">Its end. UTC.</param>
/// <param name="Axis">The threshold to move.</param>
/// <param name="Distance">By how much: positive up, negative down.</param>
/// <param name="ResultRows">Its result rows as it is.</param>
/// <param name="Rows">The result rows it would have alerted with.</param>
public sealed record NearMiss(int Window, DateTime EndUtc, WhatIfAxis Axis, long Distance, int ResultRows, IReadOnlyList<SimulatedRow> Rows);
