namespace RulePortal.Data.Ledger.Late;

/// <summary>What is known of rows that came or went after a window was evaluated.</summary>
/// <param name="Verdict">What they would change.</param>
/// <param name="Sentence">The same in words, with its numbers; empty while it is pending.</param>
/// <param name="BatchSeq">The last batch that brought rows, or null.</param>
/// <param name="WithdrawnBatchSeq">The last batch whose rows were taken out, or null.</param>
public sealed record LateData(LateVerdict Verdict, string Sentence, long? BatchSeq, long? WithdrawnBatchSeq)
{
    internal static LateData? Of(RuleWindow window) =>
        window is { LateVerdict: { } verdict, Status: not (WindowStatus.Running or WindowStatus.Due) }
            ? new(verdict, window.LateSentence ?? "", window.LateBatchSeq, window.WithdrawnBatchSeq)
            : null;
}
