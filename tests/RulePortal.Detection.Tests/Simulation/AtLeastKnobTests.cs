using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Simulation;

/// <summary>A knob that passes what is at least its threshold and is counted in the window alone, beside one that passes at most.</summary>
public sealed class AtLeastKnobTests
{
    private static readonly DateTime End = Estate.End;

    private readonly List<VmConnection> rows = [new() { TimeGenerated = End.AddDays(-60), Computer = "oldest" }];

    [Fact]
    public async Task Pass_RuleOfTwentyRows_KeepsCandidatesDownToAQuarter()
    {
        Host("busy", hoursAgo: 5, count: 30);
        Host("near", hoursAgo: 5, count: 5);
        Host("quiet", hoursAgo: 5, count: 4);

        var whatIf = await AskAsync("""{"leastRows":20}""");

        Assert.Equal((5L, 1_000L), whatIf.Pass.Thresholds(0));
        Assert.Equal(
            [("busy", 30L), ("near", 5L)],
            whatIf.Pass.Candidates.Select(candidate => (candidate.Subject["Computer"], candidate.Numbers[0])));
        Assert.Equal(["busy"], Hosts(whatIf.Rows(whatIf.Own, whatIf.Pass.Candidates[0].Window)));
        Assert.Equal(["busy", "near"], Hosts(whatIf.Rows(whatIf.Own.WithThreshold(0, 5), whatIf.Pass.Candidates[0].Window)));
        Assert.Empty(whatIf.Rows(whatIf.Own.WithThreshold(0, 31), whatIf.Pass.Candidates[0].Window));
        Assert.Equal(5, whatIf.Fit(whatIf.Own.WithThreshold(0, 1)).Knobs[0].Threshold);
        Assert.Equal(400, whatIf.Fit(whatIf.Own.WithThreshold(0, 400)).Knobs[0].Threshold);
    }

    [Fact]
    public async Task Curve_LeastRows_FallsAsTheThresholdRises()
    {
        Host("busy", hoursAgo: 5, count: 300);
        Host("near", hoursAgo: 9, count: 50);

        var whatIf = await AskAsync("""{"leastRows":100}""");
        var curve = whatIf.Curve(whatIf.Own, whatIf.Axis("leastRows")!);

        Assert.Equal((25L, 301L), (curve.Axis.Values[0], curve.Axis.Values[^1]));
        Assert.Contains(100, curve.Axis.Values);
        Assert.InRange(curve.Axis.Values.Count, 40, 52);
        Assert.All(
            curve.Axis.Values.Zip(curve.Points),
            point => Assert.Equal(point.First <= 50 ? 2 : point.First <= 300 ? 1 : 0, point.Second.Alerts));
        Assert.Equal((false, "rows", 5L), (curve.Axis.IsLookback, curve.Axis.Unit, curve.Axis.Step));
        Assert.Equal(["leastRows", "mostBefore", WhatIfAxis.TriggerKey, "lookback"], whatIf.Axes.Select(axis => axis.Key));
    }

    [Fact]
    public async Task Axis_NumbersBeyondTheGreatestAllowed_EndsAtWhatCanBeSaved()
    {
        Host("busy", hoursAgo: 5, count: 1_500);

        var axis = (await AskAsync("""{"leastRows":900}""")).Axis("leastRows")!;

        Assert.Equal((225L, 1_000L), (axis.Values[0], axis.Values[^1]));
        Assert.Contains(900, axis.Values);
    }

    [Theory]
    [InlineData(19, -1, 1)]
    [InlineData(18, -2, 2)]
    [InlineData(17, null, 2)]
    public async Task NearMisses_FewRowsMissing_MoveTheThresholdDown(int count, int? distance, int steps)
    {
        Host("near", hoursAgo: 5, count);

        var whatIf = await AskAsync("""{"leastRows":20}""");

        var misses = whatIf.NearMisses(whatIf.Own, steps).Where(miss => miss.Axis.Key == "leastRows").ToList();
        Assert.Equal(distance is null ? [] : [(long)distance], misses.Select(miss => miss.Distance));
        Assert.All(misses, miss => Assert.Equal(["near"], Hosts(miss.Rows)));
    }

    [Fact]
    public async Task Curve_WithoutEffect_SaysWhyWithoutALookbackThatThereIsNot()
    {
        Host("busy", hoursAgo: 5, count: 30);

        var whatIf = await AskAsync("""{"leastRows":20}""");

        // Whatever is drawn lies between a quarter of the rule's own and the greatest number there is.
        Assert.Equal(
            "Least rows has no effect here: whatever the other thresholds let through (1 case) has at least 30 rows.",
            whatIf.Curve(whatIf.Own, whatIf.Axis("leastRows")!).NoEffect);
        Assert.Equal(
            "Most rows before has no effect here: whatever the other thresholds let through (1 case) has at most 0 rows in 30 d.",
            whatIf.Curve(whatIf.Own, whatIf.Axis("mostBefore")!).NoEffect);
    }

    [Fact]
    public async Task LookbackOf_KnobInTheWindowAlone_IsThatOfTheOthers()
    {
        rows[0] = rows[0] with { TimeGenerated = End.AddDays(-10) };
        Host("busy", hoursAgo: 5, count: 30);

        var whatIf = await AskAsync("{}");
        var shorter = whatIf.Own.WithLookback(1, TimeSpan.FromDays(7));

        Assert.Equal(
            (TimeSpan.FromDays(30), TimeSpan.FromDays(7)),
            (whatIf.Pass.LookbackOf(whatIf.Own.Knobs), whatIf.Pass.LookbackOf(shorter.Knobs)));
        Assert.Equal((0, 1), (whatIf.Totals(whatIf.Own).Alerts, whatIf.Totals(shorter).Alerts));
        Assert.Equal(0, whatIf.Totals(shorter).Incomplete);
    }

    [Theory]
    [InlineData(30, 1, "busy is not among the result rows: it had 30 rows, and the least rows asks for 31.")]
    [InlineData(8, 1, "busy is not among the result rows: it had 8 rows, and the least rows asks for 31.")]
    [InlineData(6, 1, "busy is not among the result rows: it is far from a threshold, or the rule does not look at its rows.")]
    [InlineData(31, 120, "busy is not among the result rows: it is far from a threshold, or the rule does not look at its rows.")]
    public async Task Pin_HostThatIsNoLongerFound_SaysWhichThresholdDropsIt(int count, int before, string why)
    {
        Host("busy", hoursAgo: 100, count: before);
        Host("busy", hoursAgo: 5, count);

        var whatIf = await AskAsync("""{"leastRows":31}""");
        var subject = Subject.Of("Computer", "busy");
        var window = new PinnedWindow(
            new TimeRange(End.AddHours(-5), End.AddHours(-4)), [new PinnedRow(GroupKeys.Hash(["busy"]), subject)], []);

        var verdict = PinJudge.Judge(PinKind.MustFire, window, whatIf, whatIf.Own);

        Assert.Equal(PinStanding.Breaks, verdict.Standing);
        Assert.StartsWith(why, verdict.Why, StringComparison.Ordinal);
        Assert.Equal(PinStanding.Holds, PinJudge.Judge(PinKind.MustNotFire, window, whatIf, whatIf.Own).Standing);
    }

    private static IEnumerable<string> Hosts(IReadOnlyList<SimulatedRow> found) => found.Select(row => Assert.Single(row.Names));

    private void Host(string name, int hoursAgo, int count) =>
        rows.AddRange(
            Enumerable.Range(1, count)
                .Select(second => new VmConnection { TimeGenerated = End.AddHours(-hoursAgo).AddSeconds(second), Computer = name }));

    private async Task<WhatIf> AskAsync(string settings)
    {
        var rule = Bound.Catalog.Bind(new RuleDefinition
        {
            Name = "Busy hosts",
            Detector = HostRowsDetector.KindName,
            SettingsJson = settings,
            QueryPeriod = TimeSpan.FromDays(30),
            LearningPeriod = TimeSpan.Zero,
        });
        var request = new SimulationRequest
        {
            Rule = rule,
            Span = new TimeRange(End.AddDays(-2), End),
            Lookbacks = new Dictionary<string, IReadOnlyList<TimeSpan>>(StringComparer.Ordinal) { ["lookback"] = [TimeSpan.FromDays(7)] },
        };
        return new WhatIf(
            await SimulationPass.RunAsync(request, new InMemoryConnections(rows), progress: null, TestContext.Current.CancellationToken));
    }
}
