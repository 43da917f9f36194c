namespace RulePortal.Data.Ledger;

/// <summary>How an evaluation failed.</summary>
/// <param name="Sentence">What went wrong, for people.</param>
/// <param name="Error">Details for the run log; at most 4,000 characters, without payloads.</param>
/// <param name="IsRuleFault">Whether the rule itself is at fault; otherwise the circumstances are, and they never disable a rule.</param>
/// <param name="RetryAtUtc">When to try again, or null to give the window up. UTC.</param>
/// <param name="DisableAfter">Faults of the rule in a row after which it is disabled; at least 1.</param>
public sealed record EvaluationFault(string Sentence, string Error, bool IsRuleFault, DateTime? RetryAtUtc, int DisableAfter);
