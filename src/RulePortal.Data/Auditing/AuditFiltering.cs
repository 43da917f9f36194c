using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Auditing;

internal static class AuditFiltering
{
    public static IQueryable<AuditEntry> Matching(this IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        if (filter.FromUtc is { } from)
        {
            entries = entries.Where(entry => entry.AtUtc >= from);
        }

        if (filter.ToUtc is { } to)
        {
            entries = entries.Where(entry => entry.AtUtc < to);
        }

        if (filter.ActorIds.Count > 0)
        {
            entries = entries.Where(entry => filter.ActorIds.Contains(entry.ActorId));
        }

        if (filter.Actions.Count > 0)
        {
            entries = entries.Where(entry => filter.Actions.Contains(entry.Action));
        }

        if (filter.Outcomes.Count > 0)
        {
            entries = entries.Where(entry => filter.Outcomes.Contains(entry.Outcome));
        }

        return filter.Text?.Trim() switch
        {
            null or "" => entries,
            { Length: > AuditFilter.MaxTextLength } => entries.Where(entry => false),
            { } text => entries.Containing(LikePattern.Containing(text)),
        };
    }

    public static IOrderedQueryable<AuditEntry> NewestFirst(this IQueryable<AuditEntry> entries) => entries.OrderByDescending(entry => entry.AtUtc).ThenByDescending(entry => entry.Id);

    private static IQueryable<AuditEntry> Containing(this IQueryable<AuditEntry> entries, string pattern) => entries.Where(entry =>
        EF.Functions.Like(entry.Subject, pattern, LikePattern.Escape)
        || EF.Functions.Like(entry.Detail!, pattern, LikePattern.Escape)
        || EF.Functions.Like(entry.ActorName, pattern, LikePattern.Escape)
        || EF.Functions.Like(entry.Origin, pattern, LikePattern.Escape));
}
