namespace RulePortal.Data.Alerts.Triage;

/// <summary>An alert as somebody saw it: a change made on sight of an older version is a lost race.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Version">The <see cref="Alert.Version"/> that was seen.</param>
public readonly record struct AlertReference(long Id, int Version);
