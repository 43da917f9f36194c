using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

internal static class AlertFiltering
{
    public static IQueryable<Alert> Matching(this IQueryable<Alert> alerts, AlertFilter filter)
    {
        if (filter.Tactics.Count > 0)
        {
            alerts = alerts.Where(alert => alert.Tactics.Any(tactic => filter.Tactics.Contains(tactic.Tactic)));
        }

        if (filter.Severities.Count > 0)
        {
            alerts = alerts.Where(alert => filter.Severities.Contains(alert.Severity));
        }

        if (filter.Statuses.Count > 0)
        {
            alerts = alerts.Where(alert => filter.Statuses.Contains(alert.Status));
        }

        if (filter.Rules.Count > 0)
        {
            alerts = alerts.Where(alert => filter.Rules.Contains(alert.RuleId));
        }

        if (filter.Unassigned)
        {
            alerts = alerts.Where(alert => alert.OwnerId == null);
        }
        else if (filter.OwnerId is { } owner)
        {
            alerts = alerts.Where(alert => alert.OwnerId == owner);
        }

        if (filter.RaisedFromUtc is { } from)
        {
            alerts = alerts.Where(alert => alert.RaisedUtc >= from);
        }

        if (filter.RaisedToUtc is { } to)
        {
            alerts = alerts.Where(alert => alert.RaisedUtc < to);
        }

        if (filter.Entity is { } about)
        {
            alerts = alerts.Where(alert => alert.Entities.Any(entity => entity.Type == about.Type && entity.Value == about.Value));
        }

        return filter.Text?.Trim() switch
        {
            null or "" => alerts,
            { Length: > AlertFilter.MaxTextLength } => alerts.Where(alert => false),
            { } text => alerts.Containing(LikePattern.Containing(text)),
        };
    }

    public static IQueryable<Alert> Sorted(this IQueryable<Alert> alerts, AlertOrder order)
    {
        var sorted = (order.By, order.Descending) switch
        {
            (AlertSort.Severity, false) => alerts.OrderBy(alert => alert.Severity).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Severity, true) => alerts.OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Status, false) => alerts.OrderBy(alert => alert.Status).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Status, true) => alerts.OrderByDescending(alert => alert.Status).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Title, false) => alerts.OrderBy(alert => alert.Title).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Title, true) => alerts.OrderByDescending(alert => alert.Title).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Rule, false) => alerts.OrderBy(alert => alert.RuleName).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Rule, true) => alerts.OrderByDescending(alert => alert.RuleName).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Owner, false) => alerts.OrderBy(alert => alert.OwnerName).ThenByDescending(alert => alert.RaisedUtc),
            (AlertSort.Owner, true) => alerts.OrderByDescending(alert => alert.OwnerName).ThenByDescending(alert => alert.RaisedUtc),
            (_, false) => alerts.OrderBy(alert => alert.RaisedUtc),
            (_, true) => alerts.OrderByDescending(alert => alert.RaisedUtc),
        };
        return sorted.ThenByDescending(alert => alert.Id);
    }

    private static IQueryable<Alert> Containing(this IQueryable<Alert> alerts, string pattern) =>
        alerts.Where(alert =>
            EF.Functions.Like(alert.Title, pattern, LikePattern.Escape)
            || alert.Entities.Any(entity => EF.Functions.Like(entity.Value, pattern, LikePattern.Escape)));
}
