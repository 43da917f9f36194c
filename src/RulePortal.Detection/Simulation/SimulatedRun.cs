using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>What became of a window at one setting.</summary>
/// <param name="Window">The window's place in the pass.</param>
/// <param name="EndUtc">Its end. UTC.</param>
/// <param name="Kind">What came of it.</param>
/// <param name="ResultRows">Its result rows, 0 when it was suppressed.</param>
/// <param name="Alerts">Alerts it raised.</param>
/// <param name="IsComplete">Whether the history reaches back as far as the window looks.</param>
/// <param name="IsHeld">Whether it would have held the rule: its alerts are those that a person lets it raise.</param>
public readonly record struct SimulatedRun(int Window, DateTime EndUtc, RunOutcomeKind Kind, int ResultRows, int Alerts, bool IsComplete, bool IsHeld);
