using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>Reads lists of alerts.</summary>
public sealed class AlertQueries(IDbContextFactory<PortalDbContext> contexts)
{
    private const int StreamChunk = 500;
    private const int MaxOwners = 200;

    /// <summary>Reads one page of a list of alerts.</summary>
    /// <param name="filter">Which alerts.</param>
    /// <param name="order">In which order.</param>
    /// <param name="skip">How many to leave out before the page.</param>
    /// <param name="take">Most alerts on the page.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<AlertList> PageAsync(AlertFilter filter, AlertOrder order, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = db.Alerts.AsNoTracking().Matching(filter);
        var total = await CountAsync(matching, cancellationToken);
        var items = await ReadAsync(db, matching.Sorted(order).Skip(skip).Take(take), cancellationToken);
        return new AlertList(items, Math.Min(total, AlertList.MaxTotal), total > AlertList.MaxTotal);
    }

    /// <summary>Reads the newest alerts, or those before an alert: a walk that misses and repeats nothing while new ones are raised.</summary>
    /// <param name="filter">Which alerts.</param>
    /// <param name="beforeId">The last alert of the part before, or null for the first part.</param>
    /// <param name="take">Most alerts in this part.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Alerts by descending <see cref="AlertItem.Id"/>; the total is that of the whole list.</returns>
    public async Task<AlertList> BeforeAsync(AlertFilter filter, long? beforeId, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = db.Alerts.AsNoTracking().Matching(filter);
        var total = await CountAsync(matching, cancellationToken);
        var items = await ReadBeforeAsync(db, matching, beforeId, take, cancellationToken);
        return new AlertList(items, Math.Min(total, AlertList.MaxTotal), total > AlertList.MaxTotal);
    }

    /// <summary>Reads a whole list of alerts, newest first, in chunks.</summary>
    public async IAsyncEnumerable<AlertItem> StreamAsync(AlertFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = db.Alerts.AsNoTracking().Matching(filter);
        long? before = null;
        IReadOnlyList<AlertItem> chunk;
        do
        {
            chunk = await ReadBeforeAsync(db, matching, before, StreamChunk, cancellationToken);
            foreach (var item in chunk)
            {
                yield return item;
                before = item.Id;
            }
        }
        while (chunk.Count == StreamChunk);
    }

    /// <summary>Counts the alerts having each tactic under the filter's other conditions, so that a chosen tactic does not empty the rest.</summary>
    /// <returns>Every tactic, in the matrix's order.</returns>
    public async Task<IReadOnlyList<TacticCount>> TacticsAsync(AlertFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await TacticCounts.ReadAsync(db.Alerts.AsNoTracking().Matching(filter with { Tactics = [] }), cancellationToken);
    }

    /// <summary>Reads who has worked alerts or owns one, by name: the people an alert can be given to.</summary>
    public async Task<IReadOnlyList<Actor>> KnownOwnersAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var worked = await db.AlertActivities.AsNoTracking()
            .Where(activity => activity.ActorId != Actor.System.Id)
            .GroupBy(activity => activity.ActorId)
            .Select(group => new { Id = group.Key, LastId = group.Max(activity => activity.Id) })
            .OrderByDescending(group => group.LastId)
            .Take(MaxOwners)
            .Join(db.AlertActivities, last => last.LastId, activity => activity.Id, (last, activity) => new { activity.ActorId, activity.ActorName })
            .ToListAsync(cancellationToken);
        var owners = await db.Alerts.AsNoTracking()
            .Where(alert => alert.OwnerId != null)
            .Select(alert => new { ActorId = alert.OwnerId!, ActorName = alert.OwnerName! })
            .Distinct()
            .OrderBy(person => person.ActorName)
            .Take(MaxOwners)
            .ToListAsync(cancellationToken);
        return
        [
            .. worked.Concat(owners)
                .DistinctBy(person => person.ActorId, StringComparer.Ordinal)
                .Select(person => new Actor(person.ActorId, person.ActorName))
                .OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>Reads the rules that have raised alerts, by name: what a list can be filtered by.</summary>
    public async Task<IReadOnlyList<RuleReference>> RulesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await db.Alerts.AsNoTracking()
            .GroupBy(alert => alert.RuleId)
            .Select(group => new { group.Key, LastId = group.Max(alert => alert.Id) })
            .Join(db.Alerts, last => last.LastId, alert => alert.Id, (last, alert) => new RuleReference(alert.RuleId, alert.RuleName))
            .BoundedBy("one row a rule, and there are at most RuleStore.MostRules")
            .ToListAsync(cancellationToken);
        return [.. rules.OrderBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase)];
    }

    internal static async Task<IReadOnlyList<AlertItem>> ReadAsync(PortalDbContext db, IQueryable<Alert> alerts, CancellationToken cancellationToken)
    {
        var rows = await alerts
            .Select(alert => new AlertItem
            {
                Id = alert.Id,
                Version = alert.Version,
                Title = alert.Title,
                Severity = alert.Severity,
                Status = alert.Status,
                RuleId = alert.RuleId,
                RuleName = alert.RuleName,
                RuleVersion = alert.RuleVersion,
                WindowStartUtc = alert.WindowStartUtc,
                WindowEndUtc = alert.WindowEndUtc,
                ResultCount = alert.ResultCount,
                RaisedUtc = alert.RaisedUtc,
                ChangedUtc = alert.ChangedUtc,
                OwnerId = alert.OwnerId,
                OwnerName = alert.OwnerName,
                Classification = alert.Classification,
                ClassificationReason = alert.ClassificationReason,
            })
            .BoundedBy("a page of alerts")
            .ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.Id);
        var tactics = (await db.AlertTactics.AsNoTracking().Where(tactic => ids.Contains(tactic.AlertId)).BoundedBy("tactics of a page of alerts").ToListAsync(cancellationToken))
            .ToLookup(tactic => tactic.AlertId, tactic => tactic.Tactic);
        var entities = (await db.AlertEntities.AsNoTracking().Where(entity => ids.Contains(entity.AlertId)).OrderBy(entity => entity.Id).BoundedBy("entities of a page of alerts").ToListAsync(cancellationToken))
            .ToLookup(entity => entity.AlertId);
        var pins = await db.AlertPins.AsNoTracking().Where(pin => ids.Contains(pin.AlertId)).BoundedBy("at most a pin an alert of a page").ToDictionaryAsync(pin => pin.AlertId, PinItem.Of, cancellationToken);
        return rows.ConvertAll(row => row with { Tactics = [.. tactics[row.Id].Order()], Entities = Grouped(entities[row.Id]), Pin = pins.GetValueOrDefault(row.Id) });
    }

    // Counting stops where the number stops mattering.
    private static Task<int> CountAsync(IQueryable<Alert> matching, CancellationToken cancellationToken) =>
        matching.OrderBy(alert => alert.Id).Take(AlertList.MaxTotal + 1).CountAsync(cancellationToken);

    private static Task<IReadOnlyList<AlertItem>> ReadBeforeAsync(PortalDbContext db, IQueryable<Alert> matching, long? beforeId, int take, CancellationToken cancellationToken)
    {
        var rest = beforeId is { } before ? matching.Where(alert => alert.Id < before) : matching;
        return ReadAsync(db, rest.OrderByDescending(alert => alert.Id).Take(take), cancellationToken);
    }

    private static IReadOnlyList<EntityGroup> Grouped(IEnumerable<AlertEntity> entities) =>
    [
        .. entities
            .GroupBy(entity => entity.Type)
            .OrderBy(group => group.Key)
            .Select(group => new EntityGroup(group.Key, [.. group.Take(EntityGroup.MaxValues).Select(entity => entity.Value)], group.Count())),
    ];
}

/// <summary>Part of a list of alerts.</summary>
/// <param name="Items">The alerts, in the order asked for.</param>
/// <param name="Total">How many the whole list has, counted up to <see cref="MaxTotal"/>.</param>
/// <param name="TotalIsCapped">Whether there are more than <see cref="Total"/>.</param>
public sealed record AlertList(IReadOnlyList<AlertItem> Items, int Total, bool TotalIsCapped)
{
    /// <summary>Where counting stops: beyond it a number costs more than it tells.</summary>
    public const int MaxTotal = 10_000;
}
