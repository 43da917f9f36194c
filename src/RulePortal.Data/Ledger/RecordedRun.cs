namespace RulePortal.Data.Ledger;

/// <summary>What was written of an attempt.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="WindowEndUtc">The window's end. UTC.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Sentence">The outcome in words, with its numbers.</param>
/// <param name="ResultCount">Result rows, or null.</param>
/// <param name="AlertIds">Alerts raised or added to.</param>
public sealed record RecordedRun(long AttemptId, DateTime WindowEndUtc, AttemptOutcome Outcome, string Sentence, int? ResultCount, IReadOnlyList<long> AlertIds);
