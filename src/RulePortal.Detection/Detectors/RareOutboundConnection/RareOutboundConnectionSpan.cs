using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>The three spans of time that one evaluation reads.</summary>
internal sealed record RareOutboundConnectionSpan(TimeRange Window, TimeRange CountryLookback, TimeRange TupleLookback)
{
    public static RareOutboundConnectionSpan At(DateTime asOfUtc, RareOutboundConnectionSettings settings, TimeSpan frequency, TimeSpan period)
    {
        var window = settings.WindowAt(frequency);
        return new RareOutboundConnectionSpan(
            TimeRange.Back(asOfUtc, window),
            TimeRange.Back(asOfUtc, settings.CountryLookbackAt(period), window),
            TimeRange.Back(asOfUtc, settings.TupleLookback, window));
    }
}
