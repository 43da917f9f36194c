using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Rules;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Evaluation;

/// <summary>Reads what people said of a rule's alerts.</summary>
public sealed class LabelQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Most alerts that are read, the latest of a span.</summary>
    public const int Most = 20_000;

    /// <summary>The alerts a rule raised for windows of a span, oldest first; of more than <see cref="Most"/> the latest.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="span">Windows that end after its start and not after its end.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<LabelledAlert>> ListAsync(Guid ruleId, TimeRange span, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var latest = await (
            from occurrence in db.Occurrences.AsNoTracking()
            where occurrence.RuleId == ruleId && occurrence.WindowEndUtc > span.StartUtc && occurrence.WindowEndUtc <= span.EndUtc
            join alert in db.Alerts.AsNoTracking() on occurrence.AlertId equals alert.Id
            orderby occurrence.WindowEndUtc descending, occurrence.Id descending
            select new LabelledAlert(alert.Id, occurrence.WindowEndUtc, occurrence.GroupKey, occurrence.RuleVersion, alert.Status, alert.Classification))
            .Take(Most)
            .ToListAsync(cancellationToken);
        latest.Reverse();
        return latest;
    }
}

/// <summary>A stored alert as a simulation compares with it: one entry for each of its occurrences.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="WindowEndUtc">End of the occurrence's window. UTC.</param>
/// <param name="GroupKey">Its group key.</param>
/// <param name="RuleVersion">The version that raised it.</param>
/// <param name="Status">Where triage is.</param>
/// <param name="Classification">What it turned out to be, once closed.</param>
public sealed record LabelledAlert(long AlertId, DateTime WindowEndUtc, string GroupKey, int RuleVersion, AlertStatus Status, Classification? Classification);
