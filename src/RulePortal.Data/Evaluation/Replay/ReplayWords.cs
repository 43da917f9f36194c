using RulePortal.Detection.Wording;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>A replay's result in sentences.</summary>
internal static class ReplayWords
{
    public static string Of(ReplayVerdict verdict, ReplayCounts counts, ReplayComparison comparison) => verdict switch
    {
        ReplayVerdict.Identical when counts.Rows == 0 => "No result row then, and none today.",
        ReplayVerdict.Identical or ReplayVerdict.IdenticalAsKept => $"{Compared(counts)}, every one as it was.",
        _ => $"{Words.Count(comparison.DifferenceCount, "difference")} in {Words.Count(counts.RowsThen, "result row")} then and {Words.Number(counts.RowsNow)} today.",
    };

    /// <summary>What was not compared.</summary>
    public static IEnumerable<string> Notes(FoundByAttempt found, ReplayCounts counts, ReplayComparison comparison)
    {
        if (counts.RowsKept < counts.RowsThen)
        {
            yield return $"{Words.Number(counts.RowsKept)} of {Words.Number(counts.RowsThen)} result rows are kept as evidence; of the others only the number is compared.";
        }

        if (found.Attempt is null)
        {
            yield return "The run's own record is gone, so its number of result rows and of baseline days is not compared.";
        }

        if (comparison.IsEvidenceLeftOut)
        {
            yield return "The oldest row stored is another one today, so when something was first seen is not compared.";
        }
    }

    private static string Compared(ReplayCounts counts) =>
        $"{Words.Count(counts.Rows, "result row")} with {Words.Count(counts.Values, "value")}, and {Words.Count(counts.Measures, "number")} that explain them";
}
