using RulePortal.Data.Alerts;

namespace RulePortal.Data.Operations;

/// <summary>Windows of one rule that follow each other, were missed, and stand alike.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="State">What became of them.</param>
/// <param name="FromUtc">Start of the first. UTC.</param>
/// <param name="ToUtc">End of the last. UTC.</param>
/// <param name="Windows">How many they are.</param>
public sealed record WindowGap(AlertRule Rule, GapState State, DateTime FromUtc, DateTime ToUtc, int Windows);
