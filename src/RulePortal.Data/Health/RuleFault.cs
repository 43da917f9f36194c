using RulePortal.Data.Alerts;
using RulePortal.Data.Ledger;

namespace RulePortal.Data.Health;

/// <summary>The faults of one rule's evaluations.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Count">How many there were.</param>
/// <param name="LastUtc">When the last one began. UTC.</param>
/// <param name="LastOutcome">How the last one ended.</param>
/// <param name="LastSentence">What it said.</param>
public sealed record RuleFault(AlertRule Rule, int Count, DateTime LastUtc, AttemptOutcome LastOutcome, string LastSentence);
