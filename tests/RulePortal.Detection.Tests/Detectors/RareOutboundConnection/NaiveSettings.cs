using RulePortal.Detection.Detectors.RareOutboundConnection;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Detectors.RareOutboundConnection;

internal static class NaiveSettings
{
    public static NaiveRareOutboundConnection Of(RareOutboundConnectionSettings settings, TimeSpan frequency, TimeSpan period) => new(
        settings.Direction,
        settings.WindowAt(frequency),
        settings.CountryLookbackAt(period),
        settings.CountryThreshold,
        settings.TupleLookback,
        settings.TupleThreshold);
}
