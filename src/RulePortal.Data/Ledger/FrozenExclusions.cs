using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;

namespace RulePortal.Data.Ledger;

/// <summary>Reads what an attempt did not count when it looked back.</summary>
internal static class FrozenExclusions
{
    /// <returns>By subject and time; empty for an attempt that excluded nothing, or is not there.</returns>
    public static async Task<IReadOnlyList<ExcludedRows>> OfAsync(PortalDbContext db, long attemptId, CancellationToken cancellationToken)
    {
        var frozen = await db.AttemptExclusions.AsNoTracking().Where(e => e.AttemptId == attemptId).OrderBy(e => e.Ordinal).BoundedBy("what one attempt excluded, at most AlertedRows.Most").ToListAsync(cancellationToken);
        return frozen.ConvertAll(e => new ExcludedRows(new BaselineExclusion(e.AlertId, Subject.Parse(e.Subject), new TimeRange(e.StartUtc, e.EndUtc)), e.Rows));
    }
}
