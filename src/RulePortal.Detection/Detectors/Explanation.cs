namespace RulePortal.Detection.Detectors;

/// <summary>Why a row is a result, in numbers.</summary>
/// <param name="Summary">One sentence that names the things and carries the numbers.</param>
/// <param name="Branch">Which steps of the rule let the row through, as a sentence.</param>
/// <param name="Measures">Each number that was compared, with its limit.</param>
/// <param name="FirstSeenUtc">When the row's tuple was first seen among the rows stored, or null when never before.</param>
/// <param name="OldestStoredUtc">How far back that search could reach: when the oldest row stored was generated.</param>
public sealed record Explanation(string Summary, string Branch, IReadOnlyList<Measure> Measures, DateTime? FirstSeenUtc, DateTime? OldestStoredUtc);
