using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Connections;

/// <content>Which rows belong to alerts: read with the rows, so that one evaluation sees both as they were at one instant.</content>
public sealed partial class SqlConnectionHistory
{
    /// <summary>Most pairs of a country and a window that are read: an alert of many countries has many, and alerts of one window repeat each other.</summary>
    private const int MostRead = 10_000;

    /// <summary>The rows of a rule's alerts that are open or closed as true positive: those of each country of an alert, inside each window of it.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="span">Only windows that share time with it.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <remarks>Countries are compared as the alert names them, ordinally.</remarks>
    public async Task<AlertedRows> AlertedRowsAsync(Guid ruleId, TimeRange span, CancellationToken cancellationToken)
    {
        var read = await (
            from occurrence in _db.Occurrences.AsNoTracking()
            where occurrence.RuleId == ruleId && occurrence.WindowEndUtc > span.StartUtc && occurrence.WindowStartUtc < span.EndUtc
            join alert in _db.Alerts on occurrence.AlertId equals alert.Id
            where alert.Status != AlertStatus.Closed || alert.Classification == Classification.TruePositive
            join entity in _db.AlertEntities on alert.Id equals entity.AlertId
            where entity.Type == EntityType.Country
            orderby occurrence.WindowEndUtc descending, alert.Id, entity.Id
            select new { alert.Id, entity.Value, occurrence.WindowStartUtc, occurrence.WindowEndUtc })
            .Take(MostRead + 1)
            .ToListAsync(cancellationToken);
        List<BaselineExclusion> exclusions =
        [
            .. read.Take(MostRead)
                .DistinctBy(each => (each.Value, each.WindowStartUtc, each.WindowEndUtc))
                .Select(each => new BaselineExclusion(each.Id, each.Value, new TimeRange(each.WindowStartUtc, each.WindowEndUtc))),
        ];
        return new AlertedRows([.. exclusions.Take(AlertedRows.Most)], read.Count > MostRead || exclusions.Count > AlertedRows.Most);
    }
}
