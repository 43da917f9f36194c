using RulePortal.Detection.Rules;
using static RulePortal.Detection.Detectors.Words;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>The rule in words.</summary>
internal static class RareOutboundConnectionWords
{
    public static string Describe(RuleDefinition rule, RareOutboundConnectionSettings settings)
    {
        var window = DurationText.ForPeople(settings.WindowAt(rule.QueryFrequency));
        var country = DurationText.ForPeople(settings.CountryLookbackAt(rule.QueryPeriod));
        var tuple = DurationText.ForPeople(settings.TupleLookback);
        return $"Every {DurationText.ForPeople(rule.QueryFrequency)}, looks at the last {window} of {settings.Direction} connections against the {country} before. "
            + $"A country is rare with at most {Count(settings.CountryThreshold, "row")} in that time; a tuple of process, source, destination and country is new with at most {Count(settings.TupleThreshold, "row")} in the {tuple} before. "
            + "Each rare country with a new tuple gives all its connections of the window as result rows; a row counted is one connection in one minute. "
            + RuleWords.Response(rule);
    }
}
