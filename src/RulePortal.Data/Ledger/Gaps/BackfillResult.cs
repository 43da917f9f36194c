namespace RulePortal.Data.Ledger.Gaps;

/// <summary>What filling a span comes to.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Fault">What is wrong with the span, as a sentence, or null.</param>
/// <param name="StartUtc">Start of the first window, or null when there is none. UTC.</param>
/// <param name="EndUtc">End of the last one. UTC.</param>
/// <param name="Added">Windows the rule never had.</param>
/// <param name="Reopened">Windows that were skipped or given up, and are due again.</param>
/// <param name="Waiting">Windows that wait or run already.</param>
/// <param name="Evaluated">Windows evaluated before; they stay as they are.</param>
/// <param name="Covered">Windows left out because windows of another frequency cover their time.</param>
/// <param name="Beyond">Windows left out because retention has let go of connections they look back on.</param>
public sealed record BackfillResult(
    BackfillOutcome Outcome,
    string? Fault = null,
    DateTime? StartUtc = null,
    DateTime? EndUtc = null,
    int Added = 0,
    int Reopened = 0,
    int Waiting = 0,
    int Evaluated = 0,
    int Covered = 0,
    int Beyond = 0)
{
    /// <summary>Windows to be evaluated because of it.</summary>
    public int Windows => Added + Reopened;
}
