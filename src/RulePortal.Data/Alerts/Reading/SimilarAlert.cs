using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>Another alert with the reason why it is similar.</summary>
/// <param name="Alert">The other alert.</param>
/// <param name="Shared">Entities both are about; the first <see cref="MaxShared"/>.</param>
/// <param name="SharedCount">How many entities both are about.</param>
/// <param name="SameRule">Whether the same rule raised both.</param>
public sealed record SimilarAlert(AlertItem Alert, IReadOnlyList<FindingEntity> Shared, int SharedCount, bool SameRule)
{
    /// <summary>Most values of <see cref="Shared"/>.</summary>
    public const int MaxShared = 5;
}
