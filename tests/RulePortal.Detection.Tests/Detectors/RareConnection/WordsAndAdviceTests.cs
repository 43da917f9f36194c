using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

public sealed class WordsAndAdviceTests
{
    private static readonly RuleDefinition Rule = Bound.Shipped;

    [Fact]
    public void Describe_ShippedRule_SaysItsNumbers() => Assert.Equal(
        "Every 1 h, looks at the last 1 h of outbound connections against the 30 d before. "
        + "A country is rare with at most 5 rows in that time; a tuple of process, source, destination and country is new with at most 7 "
        + "rows in the 7 d before. "
        + "Each rare country with a new tuple gives all its connections of the window as result rows; a row counted is one connection in "
        + "one minute. "
        + "Fires on more than 5 result rows, with one alert for all of them. Above 1,000 result rows it is held until a person decides.",
        RuleWords.Describe(Bound.First()));

    [Fact]
    public void Describe_ChangedRule_FollowsEveryField() => Assert.Equal(
        "Every 2 h, looks at the last 30 min of inbound connections against the 14 d before. "
        + "A country is rare with at most 1 row in that time; a tuple of process, source, destination and country is new with at most "
        + "1,000 rows in the 1 d 12 h before. "
        + "Each rare country with a new tuple gives all its connections of the window as result rows; a row counted is one connection in "
        + "one minute. "
        + "Fires on fewer than 1 result row, with one alert each, at most 150. After an alert it stays silent for 5 h. Above 1 result "
        + "row it is held until a person decides.",
        RuleWords.Describe(Bound.Catalog.Bind(Rule with
        {
            QueryFrequency = TimeSpan.FromHours(2),
            TriggerOperator = TriggerOperator.LessThan,
            TriggerThreshold = 1,
            EventGrouping = EventGrouping.AlertPerResult,
            SuppressionDuration = TimeSpan.FromHours(5),
            HoldAbove = 1,
            SettingsJson = """
                {
                    "direction":"inbound","currentWindow":"PT30M","countryLookback":"P14D","countryThreshold":1,
                    "tupleLookback":"PT36H","tupleThreshold":1000
                }
                """,
        })));

    [Fact]
    public void Advise_ShippedRule_NamesTheKnobsWithoutEffectAndTheBlindSpots()
    {
        var advice = Advise(Rule);

        Assert.Equal(
            [
                ("settings.tupleThreshold", "tuple.no-effect"),
                ("settings.tupleLookback", "tuple.no-effect"),
                ("settings.countryThreshold", "country.self-poisoning"),
                ("triggerThreshold", "trigger.hides-single-beacon"),
            ],
            advice.Select(one => (one.Field, one.Code)));
        Assert.Equal(
            "Tuple threshold has no effect at these settings: a tuple with more than 7 rows in 7 d puts its country over 5 in 30 d, "
            + "and the country is common then. The tuple step can matter only below the country threshold (5) or beyond the country "
            + "lookback (30 d).",
            advice[0].Message);
        Assert.StartsWith(
            "Tuple lookback has no effect at these settings: a tuple with more than 7 rows", advice[1].Message, StringComparison.Ordinal);
        Assert.Equal(
            "One process with one connection to one rare country makes 1 result row: more than 5 hides a single slow beacon.",
            advice[3].Message);
        Assert.Equal(
            "A country that fires with 6 or more rows is common once that window is history, and stays so for up to 30 d: the rule "
            + "does not find it again meanwhile.",
            advice[2].Message);
    }

    [Theory]
    [InlineData("""{"tupleThreshold":5}""", true)]
    [InlineData("""{"tupleThreshold":4}""", false)]
    [InlineData("""{"tupleLookback":"P30D"}""", true)]
    [InlineData("""{"tupleLookback":"P31D"}""", false)]
    public void Advise_TupleStep_IsWithoutEffectExactlyUpToTheBounds(string settings, bool noEffect) =>
        Assert.Equal(noEffect, Advise(Rule with { SettingsJson = settings }).Any(advice => advice.Code == "tuple.no-effect"));

    [Theory]
    [InlineData("PT30M", "window.gaps", "(1 h): 30 min between two windows is never looked at.")]
    [InlineData(
        "PT2H",
        "window.overlaps",
        "(2 h) is longer than QueryFrequency (1 h): the same rows are looked at more than once and can raise more than one alert.")]
    public void Advise_WindowUnlikeTheFrequency_SaysWhatFollows(string window, string code, string words)
    {
        var advice = Advise(Rule with { SettingsJson = $$"""{"currentWindow":"{{window}}"}""" })[0];

        Assert.Equal(("settings.currentWindow", code), (advice.Field, advice.Code));
        Assert.Contains(words, advice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TriggerOperator.GreaterThan, 0, false)]
    [InlineData(TriggerOperator.GreaterThan, 1, true)]
    [InlineData(TriggerOperator.Equal, 1, false)]
    public void Advise_Trigger_HidesASingleBeaconOnlyAboveOne(TriggerOperator @operator, int threshold, bool hides) =>
        Assert.Equal(
            hides,
            Advise(Rule with { TriggerOperator = @operator, TriggerThreshold = threshold })
                .Any(advice => advice.Code == "trigger.hides-single-beacon"));

    [Fact]
    public void Advise_LookbackBeyondThePeriod_SaysThatSentinelReadsLess()
    {
        var advice = Advise(Rule with { QueryPeriod = TimeSpan.FromDays(2), SettingsJson = """{"countryLookback":"P3D"}""" });

        Assert.Equal(
            ["settings.countryLookback", "settings.tupleLookback"],
            advice.Where(one => one.Code == "sentinel.lookback-beyond-period").Select(one => one.Field));
        Assert.Contains(
            advice, one => one.Message == "Sentinel would read no further back than QueryPeriod (2 d); here Country lookback reads 3 d.");
    }

    [Fact]
    public void Advise_NoEffect_IsTrue()
    {
        // Where the advice says that the tuple step has no effect, no threshold of it changes any result.
        var rows = Gen.Select(Gen.Int[1, 400], Gen.OneOf("curl", "ssh"), Gen.OneOf("Alfa", "Bravo"))
            .Select(row => Scenario.Row with
            {
                TimeGenerated = Scenario.Midnight.AddMinutes(-row.Item1),
                ProcessName = row.Item2,
                RemoteCountry = row.Item3,
            })
            .List[0, 30];

        Gen.Select(rows, Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[61, 300], Gen.Int[61, 300])
            .Sample((history, country, tuple, countryMinutes, tupleMinutes) =>
        {
            var settings = new RareOutboundConnectionSettings
            {
                CountryThreshold = country,
                TupleThreshold = tuple,
                CountryLookback = TimeSpan.FromMinutes(countryMinutes),
                TupleLookback = TimeSpan.FromMinutes(tupleMinutes),
            };
            var noEffect = Advise(Rule with { SettingsJson = Bound.Json(settings) }).Any(advice => advice.Code == "tuple.no-effect");
            return !noEffect || Results(history, settings) == Results(history, settings with { TupleThreshold = 1_000_000 });
        });
    }

    // What the detector says, without what is said of every rule.
    private static IReadOnlyList<RuleAdvice> Advise(RuleDefinition rule) =>
        [.. Bound.Catalog.Bind(rule).Advice.Except(RuleAdvisor.Advise(rule))];

    private static int Results(List<VmConnection> history, RareOutboundConnectionSettings settings) =>
        Bound.First(Bound.Json(settings))
            .DetectAsync(Scenario.Midnight, new InMemoryConnections(history), default).GetAwaiter().GetResult().Count;
}
