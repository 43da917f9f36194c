namespace RulePortal.Data.Alerts;

/// <summary>How many alerts were raised on a UTC day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Alerts">The alerts.</param>
public sealed record DayCount(DateOnly Day, SeverityCounts Alerts);
