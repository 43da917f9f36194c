using RulePortal.Data.Alerts.Reading;

namespace RulePortal.Data.Overview;

/// <summary>How many alerts were raised on a UTC day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Alerts">The alerts.</param>
public sealed record DayCount(DateOnly Day, SeverityCounts Alerts);
