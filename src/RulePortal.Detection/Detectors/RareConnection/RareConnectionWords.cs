using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>The rule in words.</summary>
internal static class RareConnectionWords
{
    public static string Describe(RuleDefinition rule, RareConnectionForm form, string direction, RareConnectionSettings settings)
    {
        var window = DurationText.ForPeople(settings.Window);
        var country = DurationText.ForPeople(settings.LookbackOfCountry);
        var tuple = DurationText.ForPeople(settings.TupleLookback);
        return $"Every {DurationText.ForPeople(rule.QueryFrequency)}, looks at the last {window} of {direction} connections against the {country} before. "
            + $"A country is rare with at most {Count(settings.CountryThreshold, "row")} in that time; a tuple of {form.TupleWords} is new with at most {Count(settings.TupleThreshold, "row")} in the {tuple} before. "
            + (form.JoinsOnAddresses
                ? "Connections of the window between the addresses of a new tuple of a rare country are result rows"
                : "Each rare country with a new tuple gives all its connections of the window as result rows")
            + (form.ExcludesInternalResults ? ", those with addresses that start with 192.168. aside" : "")
            + "; a row counted is one connection in one minute.";
    }
}
