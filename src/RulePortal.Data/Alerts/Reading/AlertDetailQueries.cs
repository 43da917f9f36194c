using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>Reads one alert: what it says, its evidence, and the alerts like it.</summary>
public sealed class AlertDetailQueries(IDbContextFactory<PortalDbContext> contexts)
{
    private const int StreamChunk = 500;

    /// <summary>How far from an alert another one is looked for that is similar to it.</summary>
    /// <value>14 days to either side.</value>
    public static TimeSpan SimilarWithin { get; } = TimeSpan.FromDays(14);

    /// <summary>Most similar alerts shown.</summary>
    public const int MaxSimilar = 20;

    /// <summary>Reads one alert, or null when there is none.</summary>
    public async Task<AlertDetails?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var one = db.Alerts.AsNoTracking().Where(alert => alert.Id == id);
        if (await AlertQueries.ReadAsync(db, one, cancellationToken) is not [var item])
        {
            return null;
        }

        var rest = await one
            .Select(alert => new { alert.Summary, alert.Trigger, alert.BaselineDays, alert.LookbackDays, alert.ClosedUtc, alert.Techniques })
            .SingleOrDefaultAsync(cancellationToken);
        if (rest is null)
        {
            return null;
        }

        var occurrences = await db.Occurrences.AsNoTracking()
            .Where(occurrence => occurrence.AlertId == id)
            .OrderByDescending(occurrence => occurrence.WindowEndUtc).ThenByDescending(occurrence => occurrence.Id)
            .Select(occurrence => new OccurrenceItem(occurrence.Id, occurrence.RuleVersion, occurrence.WindowStartUtc, occurrence.WindowEndUtc, occurrence.TotalRows, occurrence.Evidence.Count))
            .Take(AlertDetails.MaxOccurrences)
            .ToListAsync(cancellationToken);
        return new AlertDetails
        {
            Alert = item,
            Summary = rest.Summary,
            TriggerText = rest.Trigger,
            Trigger = await TriggerAsync(db, item, cancellationToken),
            BaselineDays = rest.BaselineDays,
            LookbackDays = rest.LookbackDays,
            ClosedUtc = rest.ClosedUtc,
            Techniques = [.. rest.Techniques],
            Entities = await db.AlertEntities.AsNoTracking()
                .Where(entity => entity.AlertId == id)
                .OrderBy(entity => entity.Type).ThenBy(entity => entity.Id)
                .Select(entity => new FindingEntity(entity.Type, entity.Value))
                .Take(AlertDetails.MaxEntities)
                .ToListAsync(cancellationToken),
            Subjects = [.. (await db.AlertSubjects.AsNoTracking()
                .Where(subject => subject.AlertId == id)
                .OrderBy(subject => subject.Id)
                .Select(subject => subject.Key)
                .Take(AlertDetails.MaxEntities)
                .ToListAsync(cancellationToken)).Select(Subject.Parse)],
            Occurrences = occurrences,
            Explanations = await ExplanationsAsync(db, id, cancellationToken),
            Activities = [.. (await db.AlertActivities.AsNoTracking()
                .Where(activity => activity.AlertId == id)
                .OrderByDescending(activity => activity.Id)
                .Take(AlertDetails.MaxActivities)
                .Select(ActivityItems.FromRow)
                .ToListAsync(cancellationToken))
                .AsEnumerable().Reverse()],
        };
    }

    /// <summary>Reads by what an alert's rows and entities are known again, or null when there is no such alert.</summary>
    public async Task<AlertMarkFacts?> MarkAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Alerts.AsNoTracking().Where(alert => alert.Id == alertId).Select(alert => (Guid?)alert.RuleId).SingleOrDefaultAsync(cancellationToken) is not { } rule)
        {
            return null;
        }

        var entities = await db.AlertEntities.AsNoTracking()
            .Where(entity => entity.AlertId == alertId)
            .OrderBy(entity => entity.Type).ThenBy(entity => entity.Id)
            .Select(entity => new FindingEntity(entity.Type, entity.Value))
            .Take(AlertDetails.MaxEntities)
            .ToListAsync(cancellationToken);
        var rows = await db.Occurrences.AsNoTracking()
            .Where(occurrence => occurrence.AlertId == alertId)
            .SelectMany(occurrence => occurrence.Evidence, (occurrence, row) => new { occurrence.WindowEndUtc, row.Id, row.GroupKey })
            .OrderBy(row => row.Id)
            .Take(Occurrence.MaxEvidenceRows)
            .ToListAsync(cancellationToken);
        return new AlertMarkFacts(alertId, rule, entities, rows.ConvertAll(row => (row.WindowEndUtc, row.GroupKey)));
    }

    /// <summary>Reads one page of an alert's evidence, or null when there is no such alert.</summary>
    public async Task<EvidencePage?> EvidenceAsync(long alertId, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Alerts.AnyAsync(alert => alert.Id == alertId, cancellationToken))
        {
            return null;
        }

        var total = await db.Occurrences.Where(occurrence => occurrence.AlertId == alertId).SelectMany(occurrence => occurrence.Evidence).CountAsync(cancellationToken);
        return new EvidencePage(await ReadEvidenceAsync(db, alertId, skip, take, cancellationToken), total);
    }

    /// <summary>Reads all evidence of an alert in chunks, in the order of <see cref="EvidencePage.Items"/>.</summary>
    public async IAsyncEnumerable<EvidenceItem> StreamEvidenceAsync(long alertId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<EvidenceItem> chunk;
        var skip = 0;
        do
        {
            chunk = await ReadEvidenceAsync(db, alertId, skip, StreamChunk, cancellationToken);
            skip += chunk.Count;
            foreach (var item in chunk)
            {
                yield return item;
            }
        }
        while (chunk.Count == StreamChunk);
    }

    /// <summary>Reads alerts raised within <see cref="SimilarWithin"/> of an alert that are about the same things or of the same rule: most shared entities first, then the newest.</summary>
    /// <returns>At most <see cref="MaxSimilar"/>; empty when there is no such alert.</returns>
    public async Task<IReadOnlyList<SimilarAlert>> SimilarAsync(long alertId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var self = await db.Alerts.AsNoTracking()
            .Where(alert => alert.Id == alertId)
            .Select(alert => new { alert.RuleId, alert.RaisedUtc })
            .SingleOrDefaultAsync(cancellationToken);
        if (self is null)
        {
            return [];
        }

        var from = self.RaisedUtc - SimilarWithin;
        var to = self.RaisedUtc + SimilarWithin;
        var near = db.Alerts.AsNoTracking().Where(alert => alert.Id != alertId && alert.RaisedUtc >= from && alert.RaisedUtc <= to);
        var shared = db.AlertEntities.AsNoTracking()
            .Where(mine => mine.AlertId == alertId)
            .Join(db.AlertEntities, mine => new { mine.Type, mine.Value }, other => new { other.Type, other.Value }, (mine, other) => other);
        var ranked = await near
            .Select(alert => new { alert.Id, SameRule = alert.RuleId == self.RuleId, Shared = shared.Count(entity => entity.AlertId == alert.Id) })
            .Where(alert => alert.SameRule || alert.Shared > 0)
            .OrderByDescending(alert => alert.Shared).ThenByDescending(alert => alert.Id)
            .Take(MaxSimilar)
            .ToListAsync(cancellationToken);
        var ids = ranked.ConvertAll(alert => alert.Id);
        var items = (await AlertQueries.ReadAsync(db, db.Alerts.AsNoTracking().Where(alert => ids.Contains(alert.Id)), cancellationToken)).ToDictionary(item => item.Id);
        var reasons = (await shared
                .Where(entity => ids.Contains(entity.AlertId))
                .OrderBy(entity => entity.Type).ThenBy(entity => entity.Id)
                .Select(entity => new { entity.AlertId, entity.Type, entity.Value })
                .BoundedBy("entities of MaxSimilar alerts")
                .ToListAsync(cancellationToken))
            .ToLookup(row => row.AlertId, row => new FindingEntity(row.Type, row.Value));
        return
        [
            .. ranked
                .Where(alert => items.ContainsKey(alert.Id))
                .Select(alert => new SimilarAlert(items[alert.Id], [.. reasons[alert.Id].Take(SimilarAlert.MaxShared)], alert.Shared, alert.SameRule)),
        ];
    }

    private static async Task<TriggerCondition?> TriggerAsync(PortalDbContext db, AlertItem alert, CancellationToken cancellationToken)
    {
        var json = await db.RuleVersions.AsNoTracking()
            .Where(version => version.RuleId == alert.RuleId && version.Number == alert.RuleVersion)
            .Select(version => version.Definition)
            .SingleOrDefaultAsync(cancellationToken);
        return json is not null && RuleDefinitionJson.Read(json) is { } definition
            ? new TriggerCondition(definition.TriggerOperator, definition.TriggerThreshold)
            : null;
    }

    private static async Task<IReadOnlyList<Explanation>> ExplanationsAsync(PortalDbContext db, long alertId, CancellationToken cancellationToken)
    {
        var texts = await db.Occurrences.AsNoTracking()
            .Where(occurrence => occurrence.AlertId == alertId)
            .OrderBy(occurrence => occurrence.Id)
            .Take(1)
            .SelectMany(occurrence => occurrence.Evidence)
            .OrderBy(row => row.Ordinal)
            .Take(AlertDetails.MaxExplanations)
            .Select(row => row.Explanation)
            .ToListAsync(cancellationToken);
        return [.. texts.Distinct(StringComparer.Ordinal).Select(FindingJson.ReadExplanation)];
    }

    private static async Task<IReadOnlyList<EvidenceItem>> ReadEvidenceAsync(PortalDbContext db, long alertId, int skip, int take, CancellationToken cancellationToken)
    {
        var rows = await db.Occurrences.AsNoTracking()
            .Where(occurrence => occurrence.AlertId == alertId)
            .SelectMany(occurrence => occurrence.Evidence, (occurrence, row) => new { occurrence.WindowEndUtc, OccurrenceId = occurrence.Id, row.Id, row.Ordinal, row.Columns, row.Explanation })
            .OrderByDescending(row => row.WindowEndUtc).ThenByDescending(row => row.OccurrenceId).ThenBy(row => row.Ordinal)
            .Skip(skip)
            .Take(take)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new EvidenceItem(row.Id, row.WindowEndUtc, row.Ordinal, FindingJson.ReadColumns(row.Columns), FindingJson.ReadExplanation(row.Explanation)));
    }
}
