using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

internal static class NaiveSettings
{
    public static NaiveRareOutboundConnection Of(RareOutboundConnectionSettings settings, TimeSpan frequency, TimeSpan period) => new(
        settings.Direction,
        settings.CurrentWindow ?? frequency,
        settings.CountryLookback ?? period,
        settings.CountryThreshold,
        settings.TupleLookback,
        settings.TupleThreshold);

    public static NaiveSiblings Of(RareConnectionSettings settings, TimeSpan frequency, TimeSpan period) => new(
        settings.CurrentWindow ?? frequency,
        settings.CountryLookback ?? period,
        settings.CountryThreshold,
        settings.TupleLookback,
        settings.TupleThreshold);
}
