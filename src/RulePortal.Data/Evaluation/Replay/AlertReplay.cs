namespace RulePortal.Data.Evaluation.Replay;

/// <summary>What came of replaying an alert.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Attempts">The evaluations behind the alert, in the order in which they found something.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record AlertReplay(ReplayOutcome Outcome, IReadOnlyList<ReplayedAttempt> Attempts, TimeSpan Elapsed)
{
    /// <summary>The worst verdict of the evaluations.</summary>
    public ReplayVerdict Verdict => Attempts.Select(attempt => attempt.Verdict).DefaultIfEmpty(ReplayVerdict.Impossible).Max();

    internal static AlertReplay Of(ReplayOutcome outcome) => new(outcome, [], TimeSpan.Zero);
}
