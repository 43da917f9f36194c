using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Ledger;

/// <summary>Reads what an attempt did not count when it looked back.</summary>
internal static class FrozenExclusions
{
    /// <returns>By country and time; empty for an attempt that kept nothing out, or is not there.</returns>
    public static async Task<IReadOnlyList<KeptOutRows>> OfAsync(PortalDbContext db, long attemptId, CancellationToken cancellationToken)
    {
        var kept = await db.AttemptExclusions.AsNoTracking().Where(e => e.AttemptId == attemptId).OrderBy(e => e.Ordinal).BoundedBy("what one attempt kept out, at most AlertedRows.Most").ToListAsync(cancellationToken);
        return kept.ConvertAll(e => new KeptOutRows(new BaselineExclusion(e.AlertId, e.Country, new TimeRange(e.StartUtc, e.EndUtc)), e.Rows));
    }
}
