using RulePortal.Data.Alerts;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>What one attempt found for one occurrence, as it is kept.</summary>
/// <param name="OccurrenceId">The occurrence.</param>
/// <param name="GroupKey">Its group key.</param>
/// <param name="WindowStartUtc">Start of the window. UTC.</param>
/// <param name="WindowEndUtc">End of the window. UTC.</param>
/// <param name="AttemptId">The attempt.</param>
/// <param name="RuleVersion">The version it evaluated.</param>
/// <param name="MaxBatchSeq">The last batch it saw.</param>
/// <param name="FoundUtc">When it was written. UTC.</param>
/// <param name="FirstOrdinal">Ordinal of its first row.</param>
/// <param name="EndOrdinal">Ordinal of the first row of the next attempt.</param>
/// <param name="Rows">Rows it found, kept or not.</param>
internal sealed record FoundByAttempt(
    long OccurrenceId, string GroupKey, DateTime WindowStartUtc, DateTime WindowEndUtc, long AttemptId, int RuleVersion, long MaxBatchSeq, DateTime FoundUtc, int FirstOrdinal, int EndOrdinal, int Rows)
{
    public bool IsExtension { get; private init; }

    /// <summary>The rule as that version has it, or null when it is not stored.</summary>
    public RuleDefinition? Rule { get; init; }

    /// <summary>The attempt's own record, or null when retention let it go.</summary>
    public AttemptRecord? Attempt { get; init; }

    /// <summary>The finds of an occurrence, in their order.</summary>
    public static IEnumerable<FoundByAttempt> Of(Occurrence occurrence, DateTime raisedUtc)
    {
        List<OccurrenceExtension> extensions = [.. occurrence.Extensions.OrderBy(extension => extension.Id)];
        yield return new FoundByAttempt(
            occurrence.Id, occurrence.GroupKey, occurrence.WindowStartUtc, occurrence.WindowEndUtc, occurrence.AttemptId, occurrence.RuleVersion, occurrence.MaxBatchSeq, raisedUtc,
            0, EndBefore(0), occurrence.TotalRows - extensions.Sum(extension => extension.Rows));
        foreach (var (place, extension) in extensions.Index())
        {
            yield return new FoundByAttempt(
                occurrence.Id, occurrence.GroupKey, occurrence.WindowStartUtc, occurrence.WindowEndUtc, extension.AttemptId, extension.RuleVersion, extension.MaxBatchSeq, extension.AddedUtc,
                extension.FirstOrdinal, EndBefore(place + 1), extension.Rows)
            {
                IsExtension = true,
            };
        }

        int EndBefore(int next) => next < extensions.Count ? extensions[next].FirstOrdinal : int.MaxValue;
    }
}
