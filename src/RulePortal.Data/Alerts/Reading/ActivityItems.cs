using System.Linq.Expressions;

namespace RulePortal.Data.Alerts.Reading;

internal static class ActivityItems
{
    public static Expression<Func<AlertActivity, ActivityItem>> FromRow { get; } = row =>
        new ActivityItem(row.Id, row.AtUtc, row.ActorId, row.ActorName, row.Kind, row.From, row.To, row.Comment);
}
