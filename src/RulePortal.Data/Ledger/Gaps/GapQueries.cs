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

/// <summary>A gap with how far it is filled.</summary>
/// <param name="Id">Identity.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleName">Its name today.</param>
/// <param name="StartUtc">Start of its first window. UTC.</param>
/// <param name="EndUtc">End of its last window. UTC.</param>
/// <param name="NoticedUtc">When it was noticed or asked for. UTC.</param>
/// <param name="Cause">Why there is a gap.</param>
/// <param name="ActorName">Who asked.</param>
/// <param name="Unfilled">Windows that wait.</param>
/// <param name="Filling">Windows that are being evaluated.</param>
/// <param name="Filled">Windows that were evaluated.</param>
/// <param name="Skipped">Windows that are never evaluated unless a person asks: beyond the catch-up limit, or of a time when the rule was disabled.</param>
/// <param name="Failed">Windows given up.</param>
public sealed record RuleGapRow(
    long Id,
    Guid RuleId,
    string RuleName,
    DateTime StartUtc,
    DateTime EndUtc,
    DateTime NoticedUtc,
    GapCause Cause,
    string ActorName,
    int Unfilled,
    int Filling,
    int Filled,
    int Skipped,
    int Failed)
{
    /// <summary>Where it stands as a whole.</summary>
    public GapState State =>
        Filling > 0 || (Unfilled > 0 && Filled > 0) ? GapState.Filling
        : Unfilled > 0 ? GapState.Unfilled
        : Filled > 0 || Skipped + Failed == 0 ? GapState.Filled
        : GapState.Skipped;
}

/// <summary>How far a gap is filled.</summary>
public enum GapState
{
    /// <summary>Its windows wait.</summary>
    Unfilled = 0,

    /// <summary>Some windows are evaluated, others wait or run.</summary>
    Filling = 1,

    /// <summary>Nothing waits any more; windows may have been skipped.</summary>
    Filled = 2,

    /// <summary>None of its windows was evaluated, and none waits.</summary>
    Skipped = 3,
}
