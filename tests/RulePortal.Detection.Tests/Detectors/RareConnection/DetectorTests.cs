using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Tests.Connections;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

public sealed class DetectorTests
{
    [Fact]
    public async Task DetectAsync_CommonCountry_IsNotReadBeyondItsCount()
    {
        var recorded = new Recorded();

        Assert.Empty(await DetectAsync([.. Rows(0, 3), .. Rows(120, 1_000)], recorded));
        Assert.Equal(["SeenInAsync"], recorded.Names);
        Assert.Equal(6, recorded.CapOf("SeenInAsync"));
    }

    [Fact]
    public async Task DetectAsync_EveryTupleKnown_AsksNothingForAnExplanation()
    {
        var recorded = new Recorded();

        Assert.Empty(await DetectAsync([.. Rows(0, 1), .. Rows(120, 4)], recorded, """{"tupleThreshold":3}"""));
        Assert.Equal(["SeenInAsync", "RowsAsync", "TupleRowsAsync"], recorded.Names);
        Assert.Equal(4, recorded.CapOf("TupleRowsAsync"));
    }

    [Fact]
    public async Task DetectAsync_RareCountry_AsksAQuestionEach()
    {
        var recorded = new Recorded();

        Assert.Single(await DetectAsync(Rows(0, 1), recorded));
        Assert.Equal(["SeenInAsync", "RowsAsync", "TupleRowsAsync", "FirstSeenAsync", "OldestAsync"], recorded.Names);
    }

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public async Task DetectAsync_InstantNotUtc_Throws(DateTimeKind kind)
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() =>
            Bound.First().DetectAsync(DateTime.SpecifyKind(Scenario.Midnight, kind), new InMemoryConnections([]), default));

        Assert.StartsWith("The instant to evaluate must be UTC.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DetectAsync_BeginningOfTime_LooksBackNoFurther() => Assert.Empty(await Bound.First().DetectAsync(
        DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc).AddMinutes(1), new InMemoryConnections(Rows(0, 1)), default));

    [Fact]
    public async Task DetectAsync_CancelledBetweenCountries_Stops()
    {
        using var source = new CancellationTokenSource();
        var recorded = new Recorded
        {
            OnQuestion = name =>
            {
                if (name == "RowsAsync")
                {
                    source.Cancel();
                }
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            DetectAsync([.. Rows(0, 1), .. Rows(0, 1).Select(row => row with { RemoteCountry = "Bravo" })], recorded, "{}", source.Token));
        Assert.Single(recorded.Names, "RowsAsync");
    }

    [Fact]
    public void Bind_FaultySettings_ThrowsWithTheirFaults() => Assert.Contains(
        "There is no setting 'x'",
        Assert.Throws<ArgumentException>(() => Bound.First("""{"x":1}""")).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task DetectAsync_IndicatorThatIsNoText_IsARowAllTheSame()
    {
        // What a source says of an address is kept as it came, and half a surrogate pair is JSON that no text can be made of.
        List<VmConnection> rows =
        [
            Scenario.Row with { Direction = "inbound", Details = """{"Confidence":"\ud800"}""" },
            Scenario.Row with
            {
                Direction = "inbound",
                Details = """{"Confidence":90,"IndicatorThreatType":null,"ReportReferenceLink":["a"]}""",
            },
            Scenario.Row with { Direction = "inbound", Details = """{"Confidence":"90"}""" },
        ];
        foreach (var kind in (string[])[RareConnectionDetectors.Inbound, RareConnectionDetectors.InboundByAddress])
        {
            var findings = await Bound.Catalog.Bind(Bound.Shipped with { Detector = kind, SettingsJson = "{}" })
                .DetectAsync(Scenario.Midnight, new InMemoryConnections(rows), default);

            Assert.Equal(3, findings.DistinctBy(finding => finding.GroupKey).Count());
        }
    }

    private static IEnumerable<VmConnection> Rows(int minutesAgo, int times) =>
        Enumerable.Repeat(Scenario.Row with { TimeGenerated = Scenario.Midnight.AddMinutes(-minutesAgo - 1) }, times);

    private static Task<IReadOnlyList<Finding>> DetectAsync(
        IEnumerable<VmConnection> rows, Recorded recorded, string settings = "{}", CancellationToken cancellationToken = default) =>
        Bound.First(settings).DetectAsync(Scenario.Midnight, Recording.Of(new InMemoryConnections(rows), recorded), cancellationToken);
}
