using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Ledger.Gaps;

/// <summary>Reads the gaps: spans of windows that were not evaluated when they came due.</summary>
public sealed class GapQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>A page of the gaps, the last noticed first.</summary>
    /// <param name="ruleId">Of this rule, or null for all.</param>
    /// <param name="skip">Gaps before the page.</param>
    /// <param name="take">Gaps on the page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<Page<RuleGapRow>> ListAsync(Guid? ruleId, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var gaps = db.RuleGaps.AsNoTracking().Where(gap => ruleId == null || gap.RuleId == ruleId);
        var total = await gaps.CountAsync(cancellationToken);
        var page = await (
            from gap in gaps
            join rule in db.AnalyticsRules.AsNoTracking() on gap.RuleId equals rule.Id
            orderby gap.Id descending
            select new { Gap = gap, rule.Name }).Skip(skip).Take(take).ToListAsync(cancellationToken);
        var rows = new List<RuleGapRow>();
        foreach (var (gap, name) in page.Select(row => (row.Gap, row.Name)))
        {
            var counts = await db.RuleWindows.AsNoTracking()
                .Where(w => w.RuleId == gap.RuleId && w.EndUtc > gap.StartUtc && w.EndUtc <= gap.EndUtc)
                .GroupBy(w => w.Status)
                .Select(status => new { status.Key, Count = status.Count() })
                .BoundedBy("one row a status")
                .ToDictionaryAsync(status => status.Key, status => status.Count, cancellationToken);
            int Of(params WindowStatus[] states) => states.Sum(state => counts.GetValueOrDefault(state));
            rows.Add(new(
                gap.Id, gap.RuleId, name, gap.StartUtc, gap.EndUtc, gap.NoticedUtc, gap.Cause, gap.ActorName,
                Of(WindowStatus.Due, WindowStatus.Held), Of(WindowStatus.Running), Of(WindowStatus.Succeeded, WindowStatus.NoData, WindowStatus.Suppressed), Of(WindowStatus.Skipped), Of(WindowStatus.Failed)));
        }

        return new(rows, total);
    }
}
