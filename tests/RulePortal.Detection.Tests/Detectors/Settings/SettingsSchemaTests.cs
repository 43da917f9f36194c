using System.Text.Json.Nodes;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Tests.Detectors.Settings;

/// <summary>The schema of a record that uses each kind of setting.</summary>
public sealed class SettingsSchemaTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Settings_Attributes_AreTheForm()
    {
        var mode = Assert.IsType<ChoiceSetting>(SettingsSchema<Sample>.Settings[0]);

        Assert.Equal(("mode", "Mode", "How.", "slow"), (mode.Key, mode.Label, mode.Help, mode.Shipped));
        Assert.Equal(["fast", "slow"], mode.Choices);
        Assert.Equal<DetectorSetting>(
            [
                new DurationSetting("span", "Span", "How long.", TimeSpan.FromMinutes(1), TimeSpan.FromDays(2), null, "queryFrequency"),
                new CountSetting("most", "Most", "How many.", "rows", 2, 90, 5, 40) { Passes = Passes.AtMost, Within = "longSpan" },
                new DurationSetting(
                    "longSpan",
                    "Long span",
                    "How far back.",
                    TimeSpan.FromMinutes(1),
                    TimeSpan.FromDays(9),
                    TimeSpan.FromDays(3)) { LongerThan = "span" },
            ],
            SettingsSchema<Sample>.Settings.Skip(1));
    }

    [Fact]
    public void Shipped_IsEveryKeyInTheOrderOfTheForm() =>
        Assert.Equal("""{"mode":"slow","span":null,"most":5,"longSpan":"P3D"}""", SettingsSchema<Sample>.Shipped);

    [Fact]
    public void Settings_OfADerivedRecord_ComeBeforeThoseItShares() =>
        Assert.Equal(["own", "mode", "span", "most", "longSpan"], SettingsSchema<Derived>.Settings.Select(setting => setting.Key));

    [Fact]
    public void Read_KeysInAnyOrder_AreWrittenInTheOrderOfTheForm()
    {
        var read = Read("""{"longSpan":"PT72H","most":7,"span":"PT90M"}""", out var errors);

        Assert.Empty(errors);
        Assert.Equal("""{"mode":"slow","span":"PT1H30M","most":7,"longSpan":"P3D"}""", read!.Json);
        Assert.Equal(new Sample { Span = TimeSpan.FromMinutes(90), Most = 7 }, read.Resolved);
    }

    [Fact]
    public void Read_LeftOutOrNull_FollowsTheRuleAndIsStoredAsNull()
    {
        foreach (var json in (string[])["{}", """{"span":null}"""])
        {
            var read = Read(json, out _);

            Assert.Equal(SettingsSchema<Sample>.Shipped, read!.Json);
            Assert.Equal(Hour, read.Resolved.Span);
        }
    }

    [Theory]
    [InlineData("""{"span":"PT24H","longSpan":"P1D"}""", "Long span must be longer than the span (1 d); it is 1 d.")]
    [InlineData("""{"longSpan":"PT1H"}""", "Long span must be longer than the span (1 h); it is 1 h.")]
    [InlineData("""{"span":"PT5M","longSpan":"PT4M"}""", "Long span must be longer than the span (5 min); it is 4 min.")]
    public void Read_NotLonger_IsAFaultOfTheLongerOne(string json, string message)
    {
        Assert.Null(Read(json, out var errors));

        var error = Assert.Single(errors);
        Assert.Equal(("settings.longSpan", "settings.longSpan.not-longer-than-span", message), (error.Field, error.Code, error.Message));
    }

    [Theory]
    [InlineData("""{"span":"PT5M","longSpan":"PT5M0.0000001S"}""")]
    [InlineData("""{"longSpan":"PT1H0.0000001S"}""")]
    public void Read_ATickLonger_IsFine(string json) => Assert.NotNull(Read(json, out _));

    [Theory]
    [InlineData("""{"span":"x","longSpan":"PT1M"}""", "settings.span")]
    [InlineData("""{"span":"P2D","longSpan":"PT0S"}""", "settings.longSpan")]
    public void Read_EitherLengthAtFault_ComparesNothing(string json, string field)
    {
        Assert.Null(Read(json, out var errors));

        Assert.Equal(field, Assert.Single(errors).Field);
    }

    [Fact]
    public void Read_EarlierErrors_AreLeftAndDoNotSpoilTheSettings()
    {
        var errors = new List<RuleError> { new("name.missing", "name", "The rule needs a name.") };

        Assert.NotNull(SettingsSchema<Sample>.Read(Bound.Shipped with { SettingsJson = "{}" }, errors));
        Assert.Single(errors);
    }

    [Fact]
    public void Schema_OfEachKind_IsJsonSchema()
    {
        var schemas = SettingsSchema<Sample>.Settings.ToDictionary(setting => setting.Key, setting => setting.Schema());

        AssertSame("""{"type":"string","title":"Mode","description":"How.","default":"slow","enum":["fast","slow"]}""", schemas["mode"]);
        AssertSame(
            """{"type":["string","null"],"title":"Span","description":"How long.","default":null,"format":"duration"}""", schemas["span"]);
        AssertSame("""{"type":"integer","title":"Most","description":"How many.","default":5,"minimum":2,"maximum":90}""", schemas["most"]);
        AssertSame(
            """{"type":"string","title":"Long span","description":"How far back.","default":"P3D","format":"duration"}""",
            schemas["longSpan"]);
    }

    [Fact]
    public void Range_OfEachKind_IsForPeople() => Assert.Equal(
        [
            ("fast, slow", "slow"),
            ("1 min to 2 d, or null: follows QueryFrequency", "follows QueryFrequency"),
            ("2 to 90 rows", "5 rows"),
            ("1 min to 9 d", "3 d"),
        ],
        SettingsSchema<Sample>.Settings.Select(setting => (setting.Range, setting.ShippedText)));

    private static void AssertSame(string expected, JsonObject actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());

    private static BoundSettings<Sample>? Read(string json, out List<RuleError> errors) =>
        SettingsSchema<Sample>.Read(Bound.Shipped with { SettingsJson = json, QueryFrequency = Hour }, errors = []);

    private record Sample
    {
        [Choice("Mode", "How.", "fast", "slow")]
        public string Mode { get; init; } = "slow";

        [Duration("Span", "How long.", "PT1M", "P2D", Follows = "queryFrequency")]
        public TimeSpan? Span { get; init; }

        [Count("Most", "How many.", "rows", Least = 2, Greatest = 90, SliderEnd = 40, Passes = Passes.AtMost, Within = nameof(LongSpan))]
        public long Most { get; init; } = 5;

        [Duration("Long span", "How far back.", "PT1M", "P9D", LongerThan = nameof(Span))]
        public TimeSpan LongSpan { get; init; } = TimeSpan.FromDays(3);

        public string NoSetting { get; init; } = "left alone";
    }

    private sealed record Derived : Sample
    {
        [Choice("Own", "Which.", "a", "b")]
        public string Own { get; init; } = "a";
    }
}
