using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Ledger;

/// <summary>Holds what an evaluation asks for against what its window has alerted already.</summary>
internal static class OccurrenceMatch
{
    public static Task<Occurrence?> FindAsync(PortalDbContext db, Guid ruleId, DateTime endUtc, string groupKey, CancellationToken cancellationToken) =>
        db.Occurrences.SingleOrDefaultAsync(o => o.RuleId == ruleId && o.WindowEndUtc == endUtc && o.GroupKey == groupKey, cancellationToken);

    /// <summary>The result rows that the occurrence does not have, and how many evidence rows it has; none are new once its evidence is full.</summary>
    public static async Task<(IReadOnlyList<Finding> Fresh, int Kept)> NewAsync(PortalDbContext db, Occurrence known, AlertDraft draft, CancellationToken cancellationToken)
    {
        var kept = await db.EvidenceRows.Where(e => e.OccurrenceId == known.Id).Select(e => e.GroupKey).BoundedBy("evidence of one occurrence, at most Occurrence.MaxEvidenceRows").ToListAsync(cancellationToken);
        var keys = kept.ToHashSet(StringComparer.Ordinal);
        return (kept.Count >= Occurrence.MaxEvidenceRows ? [] : [.. draft.Findings.Where(finding => !keys.Contains(finding.GroupKey))], kept.Count);
    }
}
