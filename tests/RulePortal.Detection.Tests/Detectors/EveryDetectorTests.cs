using System.Text.Json.Nodes;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Triggers;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Tests.Detectors;

/// <summary>What holds of every detector: those shipped, and the one of the tests. Each test lists every offender.</summary>
public sealed class EveryDetectorTests
{
    private static IEnumerable<(Detector Detector, DetectorSetting Setting)> Settings =>
        from detector in Bound.Catalog.All
        from setting in detector.Settings
        select (detector, setting);

    [Fact]
    public void Kinds_AreUniqueNamesOfCode()
    {
        Assert.Equal(
            Bound.Catalog.All.Count, Bound.Catalog.All.DistinctBy(detector => detector.Kind, StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(
            Bound.Catalog.All.Count,
            Bound.Catalog.All.DistinctBy(detector => detector.DisplayName, StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Bound.Catalog.All, detector => Assert.Matches("^[A-Z][A-Za-z]+$", detector.Kind));
        Assert.All(Bound.Catalog.All, detector => Assert.Matches("^[A-Z][a-z ]+[a-z]$", detector.DisplayName));
        Assert.All(Bound.Catalog.All, detector => Assert.NotEmpty(detector.NamingColumns));
    }

    [Fact]
    public void Settings_HaveLabelHelpAndRange()
    {
        Assert.All(Settings, each => Assert.Matches("^[a-z][A-Za-z]+$", each.Setting.Key));
        Assert.All(Settings, each => Assert.Matches("^[A-Z].*[a-z]$", each.Setting.Label));
        Assert.All(Settings, each => Assert.Matches(@"^[A-Z].*[^.]\.$", each.Setting.Help));
        Assert.All(Settings, each => Assert.Matches("[a-z0-9]$", each.Setting.Range));
        Assert.All(Settings, each => Assert.NotEmpty(each.Setting.ShippedText));
        Assert.All(
            Bound.Catalog.All,
            detector => Assert.Equal(detector.Settings.Count, detector.Settings.DistinctBy(setting => setting.Key).Count()));
        Assert.All(
            Bound.Catalog.All,
            detector => Assert.Equal(detector.Settings.Count, detector.Settings.DistinctBy(setting => setting.Label).Count()));
    }

    [Fact]
    public void Settings_NameOthersThatThereAre()
    {
        Assert.All(Durations, each => Assert.True(each.Setting.Follows is null or "queryFrequency" or "queryPeriod"));
        Assert.All(Durations, each => Assert.Equal(each.Setting.Shipped is null, each.Setting.Follows is not null));
        Assert.All(
            Durations.Where(each => each.Setting.LongerThan is not null),
            each => Assert.Contains(DurationsOf(each.Detector), other => other.Key == each.Setting.LongerThan));
        Assert.All(
            Counts.Where(each => each.Setting.Within is not null),
            each => Assert.Contains(DurationsOf(each.Detector), other => other.Key == each.Setting.Within));
        Assert.All(Counts, each => Assert.InRange(each.Setting.Shipped, each.Setting.Least, each.Setting.SliderEnd));
        Assert.All(Counts, each => Assert.InRange(each.Setting.SliderEnd, each.Setting.Least + 1, each.Setting.Greatest));
    }

    [Fact]
    public void Knobs_AreTheThresholdsOfADetectorThatCanBeSimulated()
    {
        Assert.All(Bound.Catalog.All, detector => Assert.Equal(detector.Knobs.Count > 0, BindShipped(detector).CanSimulate));
        Assert.All(Bound.Catalog.All.Where(detector => detector.Knobs.Count > 0), detector => Assert.Equal(
            detector.Settings.OfType<CountSetting>().Where(setting => setting.Passes != Passes.Unrelated),
            detector.Knobs.Select(knob => knob.Threshold)));
        Assert.All(
            Bound.Catalog.All.SelectMany(detector => detector.Knobs), knob => Assert.Equal(knob.Threshold.Within, knob.Lookback?.Key));
    }

    [Fact]
    public void ShippedSettings_AreBoundAsTheyStand() => Assert.All(Bound.Catalog.All, detector =>
    {
        Assert.Empty(Bound.Catalog.Check(BindShipped(detector).Definition, out _));
        Assert.Equal(detector.ShippedSettings, BindShipped(detector).Definition.SettingsJson);
        Assert.Equal(
            detector.Settings.Select(setting => setting.Key),
            JsonNode.Parse(detector.ShippedSettings)!.AsObject().Select(value => value.Key));
        Assert.EndsWith(".", BindShipped(detector).Description, StringComparison.Ordinal);
        Assert.EndsWith(".", RuleWords.Describe(BindShipped(detector)), StringComparison.Ordinal);
        Assert.All(BindShipped(detector).Advice, advice => Assert.EndsWith(".", advice.Message, StringComparison.Ordinal));
    });

    [Fact]
    public void Schema_OfEverySetting_HasTheShippedValueAndTheBounds() => Assert.All(Settings, each =>
    {
        var schema = each.Setting.Schema();

        Assert.Equal((each.Setting.Label, each.Setting.Help), ((string?)schema["title"], (string?)schema["description"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(each.Detector.ShippedSettings)![each.Setting.Key], schema["default"]));
        Assert.Equal(
            each.Setting is DurationSetting { Follows: not null } ? """["string","null"]"""
                : each.Setting is CountSetting ? "\"integer\""
                : "\"string\"",
            schema["type"]!.ToJsonString());
        Assert.All(
            Allowed(each.Setting),
            value => Assert.DoesNotContain(
                FaultsOf(each.Detector, each.Setting, value), code => !code.Contains("not-longer-than", StringComparison.Ordinal)));
        Assert.All(
            Refused(each.Setting),
            value => Assert.Contains(
                FaultsOf(each.Detector, each.Setting, value), code => code.StartsWith($"{each.Setting.Field}.", StringComparison.Ordinal)));
    });

    [Fact]
    public async Task Findings_OfEveryDetector_NameTheirSubjectAndExplainThemselves()
    {
        VmConnection row = new()
        {
            TimeGenerated = new DateTime(2026, 1, 30, 23, 50, 0, DateTimeKind.Utc),
            Computer = "vm-01",
            ProcessName = "nc",
            SourceIp = "10.0.0.4",
            DestinationIp = "203.0.113.9",
            RemoteCountry = "Alfa",
        };
        VmConnection[] rows =
        [
            .. ((string[])["inbound", "outbound"]).SelectMany(direction => Enumerable.Repeat(row with { Direction = direction }, 3)),
        ];
        foreach (var detector in Bound.Catalog.All)
        {
            var findings = await BindShipped(detector)
                .DetectAsync(row.TimeGenerated.AddMinutes(10), new InMemoryConnections(rows), TestContext.Current.CancellationToken);

            Assert.NotEmpty(findings);
            Assert.All(findings, finding =>
            {
                Assert.False(finding.Subject.IsNone);
                Assert.All(finding.Subject.Values, value => Assert.Equal(row[value.Key], value.Value));
                Assert.All(finding.Subject.Values, value => Assert.Contains(finding.Entities, entity => entity.Value == value.Value));
                Assert.All(
                    detector.NamingColumns,
                    column => Assert.Contains(
                        finding.Entities, entity => entity.Type == column.Entity && entity.Value.Equals(finding[column.Name])));
                Assert.Equal(row.TimeGenerated, finding.FirstUtc);
                Assert.EndsWith(".", finding.Explanation.Summary, StringComparison.Ordinal);
                Assert.EndsWith(".", finding.Explanation.Branch, StringComparison.Ordinal);
                Assert.NotEmpty(finding.Explanation.Measures);
            });
        }
    }

    private static IEnumerable<(Detector Detector, DurationSetting Setting)> Durations =>
        Settings.Where(each => each.Setting is DurationSetting).Select(each => (each.Detector, (DurationSetting)each.Setting));

    private static IEnumerable<(Detector Detector, CountSetting Setting)> Counts =>
        Settings.Where(each => each.Setting is CountSetting).Select(each => (each.Detector, (CountSetting)each.Setting));

    private static IEnumerable<DurationSetting> DurationsOf(Detector detector) => detector.Settings.OfType<DurationSetting>();

    private static BoundRule BindShipped(Detector detector) =>
        Bound.Catalog.Bind(Bound.Shipped with { Detector = detector.Kind, SettingsJson = detector.ShippedSettings });

    private static IEnumerable<string> FaultsOf(Detector detector, DetectorSetting setting, JsonNode? value)
    {
        _ = Bound.Catalog.TryBind(
            Bound.Shipped with { Detector = detector.Kind, SettingsJson = new JsonObject { [setting.Key] = value }.ToJsonString() },
            out _,
            out var errors);
        return errors.Select(error => error.Code);
    }

    private static IReadOnlyList<JsonNode?> Allowed(DetectorSetting setting) => setting switch
    {
        ChoiceSetting choice => [.. choice.Choices.Select(word => (JsonNode)word)],
        CountSetting count => [count.Least, count.Greatest, count.SliderEnd],
        DurationSetting duration =>
        [
            DurationText.ToIso(duration.Shortest),
            DurationText.ToIso(duration.Longest),
            .. duration.Follows is null ? [] : (JsonNode?[])[null],
        ],
        _ => throw new NotSupportedException($"Say what {setting.GetType().Name} can be."),
    };

    private static IReadOnlyList<JsonNode?> Refused(DetectorSetting setting) => setting switch
    {
        ChoiceSetting choice => ["", choice.Choices[0].ToUpperInvariant(), (JsonNode?)null],
        CountSetting count => [count.Least - 1, count.Greatest + 1, $"{count.Least}", null],
        DurationSetting duration =>
        [
            DurationText.ToIso(duration.Shortest - TimeSpan.FromTicks(1)),
            DurationText.ToIso(duration.Longest + TimeSpan.FromTicks(1)),
            5,
            .. duration.Follows is null ? (JsonNode?[])[null] : [],
        ],
        _ => throw new NotSupportedException($"Say what {setting.GetType().Name} cannot be."),
    };
}
