using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

public sealed class SettingsTests
{
    private static readonly TimeSpan Frequency = TimeSpan.FromHours(1);
    private static readonly TimeSpan Period = TimeSpan.FromDays(30);

    [Fact]
    public void ShippedSettings_AreTheRules() => Assert.Equal(
        """{"direction":"outbound","currentWindow":null,"countryLookback":null,"countryThreshold":5"""
        + ""","tupleLookback":"P7D","tupleThreshold":7}""",
        Bound.First().Detector.ShippedSettings);

    [Fact]
    public void Bind_EmptyObject_IsTheShippedSettingsAndFollowsTheSchedule()
    {
        var bound = Bound.First();

        Assert.Equal(bound.Detector.ShippedSettings, bound.Definition.SettingsJson);
        Assert.Equal(new RareOutboundConnectionSettings { CurrentWindow = Frequency, CountryLookback = Period }, Read("{}"));
    }

    [Fact]
    public void Read_EveryKey_IsRead() => Assert.Equal(
        new RareOutboundConnectionSettings
        {
            Direction = "inbound",
            CurrentWindow = TimeSpan.FromMinutes(30),
            CountryLookback = TimeSpan.FromDays(14),
            CountryThreshold = 0,
            TupleLookback = TimeSpan.FromHours(36),
            TupleThreshold = 1_000_000_000,
        },
        Read("""
            {
                "direction":"inbound","currentWindow":"PT30M","countryLookback":"P14D","countryThreshold":0,
                "tupleLookback":"PT36H","tupleThreshold":1000000000
            }
            """));

    [Theory]
    [InlineData("""{"direction":"Outbound"}""", "direction", "not-a-choice")]
    [InlineData("""{"direction":5}""", "direction", "not-a-choice")]
    [InlineData("""{"direction":null}""", "direction", "not-a-choice")]
    [InlineData("""{"direction":"\ud800"}""", "direction", "not-a-choice")]
    [InlineData("""{"currentWindow":60}""", "currentWindow", "not-a-duration")]
    [InlineData("""{"currentWindow":"1h"}""", "currentWindow", "not-a-duration")]
    [InlineData("""{"currentWindow":"PT59S"}""", "currentWindow", "out-of-range")]
    [InlineData("""{"currentWindow":"P15D"}""", "currentWindow", "out-of-range")]
    [InlineData("""{"countryLookback":"P1M"}""", "countryLookback", "not-a-duration")]
    [InlineData("""{"countryLookback":"P76D"}""", "countryLookback", "out-of-range")]
    [InlineData("""{"countryLookback":"PT1H"}""", "countryLookback", "not-longer-than-current-window")]
    [InlineData("""{"tupleLookback":null}""", "tupleLookback", "not-a-duration")]
    [InlineData("""{"tupleLookback":true}""", "tupleLookback", "not-a-duration")]
    [InlineData("""{"tupleLookback":"PT0S"}""", "tupleLookback", "out-of-range")]
    [InlineData("""{"tupleLookback":"PT59M"}""", "tupleLookback", "not-longer-than-current-window")]
    [InlineData("""{"countryThreshold":"5"}""", "countryThreshold", "not-a-number")]
    [InlineData("""{"countryThreshold":null}""", "countryThreshold", "not-a-number")]
    [InlineData("""{"countryThreshold":-1}""", "countryThreshold", "out-of-range")]
    [InlineData("""{"countryThreshold":1000000001}""", "countryThreshold", "out-of-range")]
    [InlineData("""{"countryThreshold":5.5}""", "countryThreshold", "out-of-range")]
    [InlineData("""{"tupleThreshold":1e30}""", "tupleThreshold", "out-of-range")]
    public void Validate_OneFault_NamesItsField(string json, string key, string code)
    {
        var error = Assert.Single(Validate(json));

        Assert.Equal(($"settings.{key}", $"settings.{key}.{code}"), (error.Field, error.Code));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"countryThreshold\": 5")]
    [InlineData("""{"\ud800":1}""")]
    public void Validate_NoObject_SaysSo(string json) => Assert.Equal("settings.not-an-object", Assert.Single(Validate(json)).Code);

    [Fact]
    public void Validate_UnknownAndRepeatedKeys_AreFaults()
    {
        var errors = Validate("""{"CountryThreshold":5,"tupleThreshold":1,"tupleThreshold":2}""");

        Assert.Equal(
            [("settings.CountryThreshold", "settings.unknown-key"), ("settings.tupleThreshold", "settings.repeated-key")],
            errors.Select(error => (error.Field, error.Code)));
        Assert.Contains("there are direction, currentWindow, countryLookback", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ManyFaults_ReportsAll() => Assert.Equal(
        [
            "settings.extra",
            "settings.direction",
            "settings.currentWindow",
            "settings.countryLookback",
            "settings.countryThreshold",
            "settings.tupleLookback",
            "settings.tupleThreshold",
        ],
        Validate(
            """
            {
                "extra":1,"direction":"","currentWindow":"x","countryLookback":1,"countryThreshold":-1,
                "tupleLookback":"P100D","tupleThreshold":"a"
            }
            """).Select(error => error.Field));

    [Theory]
    [InlineData(
        """{"currentWindow":"P7D","countryLookback":"P8D"}""", "Tuple lookback must be longer than the current window (7 d); it is 7 d.")]
    [InlineData(
        """{"currentWindow":"PT5M","tupleLookback":"PT5M"}""",
        "Tuple lookback must be longer than the current window (5 min); it is 5 min.")]
    [InlineData(
        """{"currentWindow":"PT2H","countryLookback":"PT1H"}""",
        "Country lookback must be longer than the current window (2 h); it is 1 h.")]
    public void Validate_LookbackNotLongerThanTheWindow_IsAFault(string json, string message) =>
        Assert.Equal(message, Assert.Single(Validate(json)).Message);

    [Fact]
    public void Validate_LookbackATickLongerThanTheWindow_IsNone() =>
        Assert.Empty(Validate("""{"currentWindow":"P7D","tupleLookback":"P7DT0.0000001S"}"""));

    [Fact]
    public void Validate_FollowedPeriodNotLongerThanFollowedFrequency_SaysWhatIsFollowed()
    {
        var error = Assert.Single(Validate("{}", Frequency));

        Assert.Equal("settings.countryLookback", error.Field);
        Assert.Equal("Country lookback follows QueryPeriod and must be longer than the current window (1 h); it is 1 h.", error.Message);
    }

    [Fact]
    public void Validate_HumanDuration_SaysWhatToWrite() => Assert.Equal(
        "Tuple lookback cannot be read. '30d' is not an ISO 8601 duration; write P30D.",
        Assert.Single(Validate("""{"tupleLookback":"30d"}""")).Message);

    [Fact]
    public void Validate_OutOfRange_SaysTheRange()
    {
        Assert.Equal(
            "Country threshold must be a whole number of rows from 0 to 1,000,000,000.",
            Assert.Single(Validate("""{"countryThreshold":-1}""")).Message);
        Assert.Equal(
            "Country lookback must be 1 min to 75 d; it is 80 d.", Assert.Single(Validate("""{"countryLookback":"P80D"}""")).Message);
    }

    [Theory]
    [InlineData("{}", 1, 30)]
    [InlineData("""{"currentWindow":"PT2H","countryLookback":"P3D"}""", 2, 7)]
    [InlineData("""{"countryLookback":"P3D","tupleLookback":"P2D"}""", 1, 3)]
    public void Reach_OfSettings_IsTheWindowAndTheLongerLookback(string json, int hours, int days)
    {
        var reach = Bound.First(json).Reach;

        Assert.Equal((TimeSpan.FromHours(hours), TimeSpan.FromDays(days)), (reach.CurrentWindow, reach.Lookback));
    }

    [Fact]
    public void Bind_FaultySettings_ThrowsWithTheFaults() => Assert.Contains(
        "Tuple threshold must be a whole number",
        Assert.Throws<ArgumentException>(() => Bound.First("""{"tupleThreshold":-1}""")).Message,
        StringComparison.Ordinal);

    private static RareOutboundConnectionSettings Read(string json) =>
        SettingsSchema<RareOutboundConnectionSettings>.Read(Bound.Shipped with { SettingsJson = json }, [])!.Resolved;

    private static IReadOnlyList<RuleError> Validate(string json, TimeSpan? period = null)
    {
        var isBound = Bound.Catalog.TryBind(
            Bound.Shipped with { SettingsJson = json, QueryFrequency = Frequency, QueryPeriod = period ?? Period }, out _, out var errors);
        Assert.Equal(errors.Count == 0, isBound);
        return errors;
    }
}
