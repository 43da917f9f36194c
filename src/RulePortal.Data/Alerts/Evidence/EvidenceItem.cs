using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Alerts.Evidence;

/// <summary>One result row kept as evidence.</summary>
/// <param name="Id">Identity.</param>
/// <param name="WindowEndUtc">End of the window that found it. UTC.</param>
/// <param name="Ordinal">Place among the window's result rows, from 0.</param>
/// <param name="Columns">The query's columns under their KQL names, in the query's order.</param>
/// <param name="Explanation">Why the row is a result.</param>
public sealed record EvidenceItem(long Id, DateTime WindowEndUtc, int Ordinal, IReadOnlyList<ResultColumn> Columns, Explanation Explanation);
