using RulePortal.Data.Alerts;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Evaluation;

/// <summary>A stored alert as a simulation compares with it: one entry for each of its occurrences.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="WindowEndUtc">End of the occurrence's window. UTC.</param>
/// <param name="GroupKey">Its group key.</param>
/// <param name="RuleVersion">The version that raised it.</param>
/// <param name="Status">Where triage is.</param>
/// <param name="Classification">What it turned out to be, once closed.</param>
public sealed record LabelledAlert(long AlertId, DateTime WindowEndUtc, string GroupKey, int RuleVersion, AlertStatus Status, Classification? Classification);
