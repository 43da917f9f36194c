using System.ComponentModel;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Data.Rules;

namespace RulePortal.Web.Features.Alerts;

[Description("What evaluating an alert again came to. Instants are UTC.")]
internal sealed record ReplayAnswer(
    [property: Description("The worst of the evaluations: Identical, IdenticalAsKept (not every row is kept as evidence), Different, Impossible.")] ReplayVerdict Verdict,
    long Milliseconds,
    [property: Description("The evaluations behind the alert: that which raised it, then those that added rows.")] IReadOnlyList<ReplayAnswer.Attempt> Attempts)
{
    public static ReplayAnswer Of(AlertReplay replay) => new(replay.Verdict, (long)replay.Elapsed.TotalMilliseconds, [.. replay.Attempts.Select(Attempt.Of)]);

    internal sealed record Attempt(
        bool IsExtension,
        int RuleVersion,
        DateTime WindowStart,
        DateTime WindowEnd,
        long MaxBatchSeq,
        ReplayVerdict Verdict,
        string Sentence,
        ReplayCounts? Counts,
        [property: Description("The first 500 of what differs.")] IReadOnlyList<Difference> Differences,
        int DifferenceCount,
        [property: Description("Why it differs; empty when it does not.")] IReadOnlyList<ReplayCause> Causes,
        [property: Description("What was not compared.")] IReadOnlyList<string> Notes)
    {
        public static Attempt Of(ReplayedAttempt attempt) => new(
            attempt.IsExtension, attempt.RuleVersion, attempt.WindowStartUtc, attempt.WindowEndUtc, attempt.MaxBatchSeq, attempt.Verdict, attempt.Sentence, attempt.Counts,
            [.. attempt.Differences.Select(Difference.Of)], attempt.DifferenceCount, attempt.Causes, attempt.Notes);
    }

    internal sealed record Difference(
        ReplayDifferenceKind Kind,
        [property: Description("The result row under the query's column names; null for the evaluation as a whole.")] IReadOnlyDictionary<string, object?>? Row,
        string Name,
        string? Then,
        string? Now)
    {
        public static Difference Of(ReplayDifference difference) => new(
            difference.Kind, difference.Row.Count == 0 ? null : difference.Row.ToDictionary(column => column.Name, column => column.Value, StringComparer.Ordinal), difference.Name, difference.Then, difference.Now);
    }
}
