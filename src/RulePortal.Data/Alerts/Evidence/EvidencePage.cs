namespace RulePortal.Data.Alerts.Evidence;

/// <summary>Part of an alert's evidence.</summary>
/// <param name="Items">The rows, newest window first, each window in the query's order.</param>
/// <param name="Total">How many rows are kept for the alert.</param>
public sealed record EvidencePage(IReadOnlyList<EvidenceItem> Items, int Total);
