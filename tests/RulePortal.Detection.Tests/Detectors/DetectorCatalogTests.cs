using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;

namespace RulePortal.Detection.Tests.Detectors;

public sealed class DetectorCatalogTests
{
    [Fact]
    public void Find_Kind_IsOrdinal()
    {
        Assert.Equal("RareOutboundConnectionByProcess", DetectorCatalog.Shipped.Find("RareOutboundConnectionByProcess")!.Kind);
        Assert.Null(DetectorCatalog.Shipped.Find("rareoutboundconnectionbyprocess"));
    }

    [Fact]
    public void Constructor_TwoOfOneKind_Throws()
    {
        var detector = RareConnectionDetectors.All[0];

        Assert.Throws<ArgumentException>(() => new DetectorCatalog([detector, detector]));
    }

    [Fact]
    public void TryBind_NoSuchDetector_SaysWhichThereAre()
    {
        Assert.False(DetectorCatalog.Shipped.TryBind(Bound.Shipped with { Detector = "Other\u202E" }, out var bound, out var errors));

        Assert.Null(bound);
        var error = Assert.Single(errors);
        Assert.Equal(("detector.unknown", "detector"), (error.Code, error.Field));
        Assert.StartsWith("There is no detector 'Other\uFFFD'; there are ", error.Message, StringComparison.Ordinal);
        Assert.All(DetectorCatalog.Shipped.All, detector => Assert.Contains(detector.Kind, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void TryBind_FaultyRule_JudgesSettingsAndNothingElse()
    {
        Assert.True(DetectorCatalog.Shipped.TryBind(Bound.Shipped with { Name = "" }, out var bound, out var errors));

        Assert.Empty(errors);
        Assert.Equal("", bound.Definition.Name);
    }

    [Fact]
    public void Check_ManyFaults_ReportsFieldsThenSettings()
    {
        var errors = DetectorCatalog.Shipped.Check(
            Bound.Shipped with { Name = "", SettingsJson = """{"countryThreshold":-1}""" }, out var bound);

        Assert.Null(bound);
        Assert.Equal(["name", "settings.countryThreshold"], errors.Select(error => error.Field));
    }

    [Fact]
    public void Check_FieldsAtFault_StillBindsWhatCanBeShown()
    {
        var errors = DetectorCatalog.Shipped.Check(Bound.Shipped with { Name = "" }, out var bound);

        Assert.Equal("name.missing", Assert.Single(errors).Code);
        Assert.NotEmpty(bound!.Description);
    }

    [Fact]
    public void Bind_EqualSettings_AreEqualText()
    {
        var one = Bound.First("""{"tupleLookback":"P7D","currentWindow":"PT1H10M"}""");
        var other = Bound.First("""{"currentWindow":"PT70M","tupleLookback":"PT168H","countryThreshold":5}""");

        Assert.Equal(one.Definition, other.Definition);
        Assert.Equal(one.Definition, DetectorCatalog.Shipped.Bind(one.Definition).Definition);
    }

    [Fact]
    public void Knobs_OfARule_AreItsThresholdsWithTheLookbacksInForce() => Assert.Equal(
        [new KnobValue(9, TimeSpan.FromDays(30)), new KnobValue(7, TimeSpan.FromDays(2))],
        Bound.First("""{"countryThreshold":9,"tupleLookback":"P2D"}""").Knobs);
}
