namespace RulePortal.Data.Evaluation.Replay;

/// <summary>One reason for the differences of a replay.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Sentence">The same in words, with its numbers.</param>
/// <param name="BatchSeq">The batch that was withdrawn, or null.</param>
public sealed record ReplayCause(ReplayCauseKind Kind, string Sentence, long? BatchSeq = null);
