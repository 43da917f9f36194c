using RulePortal.Data.Alerts.Reading;

namespace RulePortal.Data.Overview;

/// <summary>How many alerts were raised between two instants.</summary>
/// <param name="FromUtc">Raised at or after this instant, or null for any time before <see cref="ToUtc"/>. UTC.</param>
/// <param name="ToUtc">Raised before this instant, or null for up to now. UTC.</param>
/// <param name="Alerts">The alerts.</param>
public sealed record AgeCount(DateTime? FromUtc, DateTime? ToUtc, SeverityCounts Alerts);
