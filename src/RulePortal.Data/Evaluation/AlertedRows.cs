using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Evaluation;

/// <summary>The rows that a rule excludes from its baseline, as its alerts stand.</summary>
/// <param name="Exclusions">Subjects and spans, without repeats, those of the latest windows first.</param>
/// <param name="IsCut">Whether there are more than are excluded.</param>
public sealed record AlertedRows(IReadOnlyList<BaselineExclusion> Exclusions, bool IsCut)
{
    /// <summary>Most subjects and spans of one evaluation.</summary>
    public const int Most = 1_000;

    /// <summary>Most pairs of a subject and a window that are read: an alert of many subjects has many, and alerts of one window repeat each other.</summary>
    private const int MostRead = 10_000;

    /// <summary>Nothing is excluded.</summary>
    public static AlertedRows None { get; } = new([], IsCut: false);

    /// <summary>The rows of a rule's alerts that are open or closed as true positive: those of each subject of an alert, inside each window of it.</summary>
    /// <param name="db">Where: the context of a consistent read, so that an evaluation sees rows and alerts as they were at one instant.</param>
    /// <param name="ruleId">The rule.</param>
    /// <param name="span">Only windows that share time with it.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    internal static async Task<AlertedRows> ReadAsync(PortalDbContext db, Guid ruleId, TimeRange span, CancellationToken cancellationToken)
    {
        var read = await (
            from occurrence in db.Occurrences.AsNoTracking()
            where occurrence.RuleId == ruleId && occurrence.WindowEndUtc > span.StartUtc && occurrence.WindowStartUtc < span.EndUtc
            join alert in db.Alerts on occurrence.AlertId equals alert.Id
            where alert.Status != AlertStatus.Closed || alert.Classification == Classification.TruePositive
            join subject in db.AlertSubjects on alert.Id equals subject.AlertId
            orderby occurrence.WindowEndUtc descending, alert.Id, subject.Id
            select new { alert.Id, subject.Key, occurrence.WindowStartUtc, occurrence.WindowEndUtc })
            .Take(MostRead + 1)
            .ToListAsync(cancellationToken);
        List<BaselineExclusion> exclusions =
        [
            .. read.Take(MostRead)
                .DistinctBy(each => (each.Key, each.WindowStartUtc, each.WindowEndUtc))
                .Select(each => new BaselineExclusion(each.Id, Subject.Parse(each.Key), new TimeRange(each.WindowStartUtc, each.WindowEndUtc))),
        ];
        return new AlertedRows([.. exclusions.Take(Most)], read.Count > MostRead || exclusions.Count > Most);
    }
}
