using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

internal static class TacticCounts
{
    public static async Task<IReadOnlyList<TacticCount>> ReadAsync(IQueryable<Alert> alerts, CancellationToken cancellationToken)
    {
        var counts = await alerts
            .SelectMany(alert => alert.Tactics, (alert, tactic) => new { tactic.Tactic, alert.Severity })
            .GroupBy(row => new { row.Tactic, row.Severity })
            .Select(group => new { group.Key.Tactic, group.Key.Severity, Count = group.Count() })
            .BoundedBy("a row for each tactic and severity")
            .ToListAsync(cancellationToken);
        var by = counts.ToLookup(row => row.Tactic, row => (row.Severity, row.Count));
        return [.. AttackTactics.InMatrixOrder.Select(tactic => new TacticCount(tactic, SeverityCounts.Of(by[tactic])))];
    }
}
