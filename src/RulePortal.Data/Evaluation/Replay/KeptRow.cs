using RulePortal.Data.Alerts.Evidence;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>A result row in the form in which evidence is kept, whether read from there or just found.</summary>
internal sealed record KeptRow(string GroupKey, IReadOnlyList<ResultColumn> Columns, Explanation Explanation)
{
    /// <summary>The row as it would be kept: both sides are then compared in the same form.</summary>
    public static KeptRow Of(Finding finding) => new(finding.GroupKey, FindingJson.ReadColumns(FindingJson.WriteColumns(finding.Columns)), finding.Explanation);
}
