namespace RulePortal.Data.Alerts.Reading;

/// <summary>One entry of an alert's activity log, read.</summary>
/// <param name="Id">Identity, ascending.</param>
/// <param name="AtUtc">When. UTC.</param>
/// <param name="ActorId">Whose <see cref="Auditing.Actor.Id"/>.</param>
/// <param name="ActorName">Whose <see cref="Auditing.Actor.Name"/>.</param>
/// <param name="Kind">What.</param>
/// <param name="From">The value before, in words, or null.</param>
/// <param name="To">The value after, in words, or null.</param>
/// <param name="Comment">What the person wrote, or null.</param>
public sealed record ActivityItem(long Id, DateTime AtUtc, string ActorId, string ActorName, ActivityKind Kind, string? From, string? To, string? Comment);
