using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Detectors;

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

/// <summary>Which entries. What is left empty does not filter; what is given must all hold.</summary>
public sealed record AuditFilter
{
    /// <summary>Most characters of <see cref="Text"/>.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Every entry.</summary>
    public static AuditFilter Everything { get; } = new();

    /// <summary>Entries at or after this instant. UTC.</summary>
    public DateTime? FromUtc { get; init; }

    /// <summary>Entries before this instant. UTC.</summary>
    public DateTime? ToUtc { get; init; }

    /// <summary>Entries of any of these <see cref="Actor.Id"/>s.</summary>
    public IReadOnlyList<string> ActorIds { get; init; } = [];

    /// <summary>Entries of any of these <see cref="AuditActions"/>.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Entries that ended in any of these ways.</summary>
    public IReadOnlyList<AuditOutcome> Outcomes { get; init; } = [];

    /// <summary>Entries whose subject, detail, actor's name or origin contains this, in any case; no character is a wildcard.</summary>
    /// <value>Blanks around it do not count; longer than <see cref="MaxTextLength"/> characters finds nothing.</value>
    public string? Text { get; init; }
}
