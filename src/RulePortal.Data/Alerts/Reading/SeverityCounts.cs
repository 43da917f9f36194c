using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>A number of alerts, by severity.</summary>
/// <param name="High">Of high severity.</param>
/// <param name="Medium">Of medium severity.</param>
/// <param name="Low">Of low severity.</param>
/// <param name="Informational">Informational ones.</param>
public readonly record struct SeverityCounts(int High, int Medium, int Low, int Informational)
{
    /// <summary>All of them.</summary>
    public int Total => High + Medium + Low + Informational;

    /// <summary>Those of one severity.</summary>
    public int this[Severity severity] => severity switch
    {
        Severity.High => High,
        Severity.Medium => Medium,
        Severity.Low => Low,
        _ => Informational,
    };

    internal static SeverityCounts Of(IEnumerable<(Severity Severity, int Count)> counts)
    {
        var by = counts.ToLookup(item => item.Severity, item => item.Count);
        return new(by[Severity.High].Sum(), by[Severity.Medium].Sum(), by[Severity.Low].Sum(), by[Severity.Informational].Sum());
    }
}

/// <summary>How many alerts have a tactic. An alert with five tactics is counted under each.</summary>
/// <param name="Tactic">The tactic.</param>
/// <param name="Alerts">Alerts having it.</param>
public sealed record TacticCount(AttackTactic Tactic, SeverityCounts Alerts);

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
