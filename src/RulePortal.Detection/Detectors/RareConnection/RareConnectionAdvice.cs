using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>What a tuner should know of the settings in hand.</summary>
internal static class RareConnectionAdvice
{
    public static IEnumerable<RuleAdvice> For(RuleDefinition rule, RareConnectionSettings settings)
    {
        var window = settings.Window;
        var country = settings.LookbackOfCountry;
        return
        [
            .. WindowAgainstFrequency(window, rule.QueryFrequency),
            .. TupleStep(settings, country),
            .. Poisoning(rule, settings, country),
            .. HiddenBeacon(rule),
            .. BeyondPeriod("countryLookback", "Country lookback", country, rule.QueryPeriod),
            .. BeyondPeriod("tupleLookback", "Tuple lookback", settings.TupleLookback, rule.QueryPeriod),
        ];
    }

    private static IEnumerable<RuleAdvice> WindowAgainstFrequency(TimeSpan window, TimeSpan frequency)
    {
        if (window < frequency)
        {
            yield return new("window.gaps", "settings.currentWindow", $"The window ({DurationText.ForPeople(window)}) is shorter than QueryFrequency ({DurationText.ForPeople(frequency)}): {DurationText.ForPeople(frequency - window)} between two windows is never looked at.");
        }
        else if (window > frequency)
        {
            yield return new("window.overlaps", "settings.currentWindow", $"The window ({DurationText.ForPeople(window)}) is longer than QueryFrequency ({DurationText.ForPeople(frequency)}): the same rows are looked at more than once and can raise more than one alert.");
        }
    }

    // A tuple that is known has more than tupleThreshold rows in its lookback, and all of them are rows of its country.
    private static IEnumerable<RuleAdvice> TupleStep(RareConnectionSettings settings, TimeSpan country)
    {
        if (settings.TupleThreshold < settings.CountryThreshold || settings.TupleLookback > country)
        {
            yield break;
        }

        var why = $"has no effect at these settings: a tuple with more than {Count(settings.TupleThreshold, "row")} in {DurationText.ForPeople(settings.TupleLookback)} puts its country over {Number(settings.CountryThreshold)} in {DurationText.ForPeople(country)}, and the country is common then. "
            + $"The tuple step can matter only below the country threshold ({Number(settings.CountryThreshold)}) or beyond the country lookback ({DurationText.ForPeople(country)}).";
        yield return new("tuple.no-effect", "settings.tupleThreshold", $"Tuple threshold {why}");
        yield return new("tuple.no-effect", "settings.tupleLookback", $"Tuple lookback {why}");
    }

    private static IEnumerable<RuleAdvice> Poisoning(RuleDefinition rule, RareConnectionSettings settings, TimeSpan country)
    {
        if (rule.BaselineExcludesAlerts)
        {
            yield return new("country.alerts-excluded", "baselineExcludesAlerts", "A country that alerted stays rare while the alert is open or a true positive: the rule alerts on it again in each window that has its rows. Closed as anything else, the alert's rows count.");
            yield break;
        }

        yield return new("country.self-poisoning", "settings.countryThreshold", $"A country that fires with {Number(settings.CountryThreshold + 1)} or more rows is common once that window is history, and stays so for up to {DurationText.ForPeople(country)}: the rule does not find it again meanwhile.");
    }

    private static IEnumerable<RuleAdvice> HiddenBeacon(RuleDefinition rule)
    {
        if (rule is { TriggerOperator: TriggerOperator.GreaterThan, TriggerThreshold: > 0 })
        {
            yield return new("trigger.hides-single-beacon", "triggerThreshold", $"One process with one connection to one rare country makes 1 result row: more than {Number(rule.TriggerThreshold)} hides a single slow beacon.");
        }
    }

    private static IEnumerable<RuleAdvice> BeyondPeriod(string key, string label, TimeSpan lookback, TimeSpan period)
    {
        if (lookback > period)
        {
            yield return new("sentinel.lookback-beyond-period", $"settings.{key}", $"Sentinel would read no further back than QueryPeriod ({DurationText.ForPeople(period)}); here {label} reads {DurationText.ForPeople(lookback)}.");
        }
    }
}
