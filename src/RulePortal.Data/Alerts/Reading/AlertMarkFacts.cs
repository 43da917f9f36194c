using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>What makes an alert's rows and entities known again elsewhere.</summary>
/// <param name="Id">The alert.</param>
/// <param name="RuleId">Its rule.</param>
/// <param name="Entities">Everything it is about.</param>
/// <param name="Rows">Its result rows as far as they are kept: window end (UTC) and the row's own group key.</param>
public sealed record AlertMarkFacts(long Id, Guid RuleId, IReadOnlyList<FindingEntity> Entities, IReadOnlyList<(DateTime WindowEndUtc, string GroupKey)> Rows);
