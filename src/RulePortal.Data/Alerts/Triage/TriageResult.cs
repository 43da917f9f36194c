using RulePortal.Data.Alerts.Reading;

namespace RulePortal.Data.Alerts.Triage;

/// <summary>What a triage action did to one alert.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Version">The alert's version now, or null when there is no such alert.</param>
/// <param name="Meanwhile">After <see cref="TriageOutcome.Conflict"/>: what others did since the version that was seen, oldest first. Otherwise empty.</param>
public sealed record TriageResult(long AlertId, TriageOutcome Outcome, int? Version, IReadOnlyList<ActivityItem> Meanwhile);
