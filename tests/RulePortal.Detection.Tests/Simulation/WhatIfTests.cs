using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Simulation;

public sealed class WhatIfTests
{
    private static readonly DateTime End = new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<VmConnection> rows =
    [
        new() { TimeGenerated = End.AddDays(-40), Direction = "outbound", RemoteCountry = "Oldest" },
    ];

    [Fact]
    public async Task NearMisses_OneRowTooFew_NameTheTriggerAndItsDistance()
    {
        Connect("Alfa", hoursAgo: 5, tuples: 5);

        var whatIf = await AskAsync(trigger: 5);
        var miss = Assert.Single(whatIf.NearMisses(whatIf.Own));

        Assert.Equal((WhatIfAxis.TriggerKey, -1L, 5, End.AddHours(-4)), (miss.Axis.Key, miss.Distance, miss.ResultRows, miss.EndUtc));
        Assert.Equal(5, miss.Rows.Count);
    }

    [Fact]
    public async Task NearMisses_CountryOneRowTooCommon_NameTheCountryThreshold()
    {
        Connect("Alfa", hoursAgo: 100, tuples: 1, times: 6);
        Connect("Alfa", hoursAgo: 5, tuples: 6);

        var whatIf = await AskAsync(trigger: 5);
        var misses = whatIf.NearMisses(whatIf.Own).Where(miss => miss.EndUtc == End.AddHours(-4)).ToList();

        var miss = Assert.Single(misses);
        Assert.Equal(("countryThreshold", 1L, 0), (miss.Axis.Key, miss.Distance, miss.ResultRows));
        Assert.Equal("Alfa", miss.Rows[0].Subject["RemoteCountry"]);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    [InlineData(null, 0)]
    public async Task Totals_WindowWithMoreRowsThanTheRuleMayAlertOn_IsCountedAsHeldAndItsAlertStays(int? holdAbove, int held)
    {
        Connect("Alfa", hoursAgo: 5, tuples: 3);

        var whatIf = await AskAsync(trigger: 0, holdAbove: holdAbove);

        Assert.Equal((1, held), (whatIf.Totals(whatIf.Own).Alerts, whatIf.Totals(whatIf.Own).Held));
        Assert.Equal(held, whatIf.Runs(whatIf.Own).Count(run => run.IsHeld));
    }

    [Fact]
    public async Task NearMisses_MoreSteps_FindWhatIsFartherAndKeepTheNearestMove()
    {
        Connect("Alfa", hoursAgo: 5, tuples: 3);

        var whatIf = await AskAsync(trigger: 5);

        Assert.Empty(whatIf.NearMisses(whatIf.Own));
        Assert.Equal(-3, Assert.Single(whatIf.NearMisses(whatIf.Own, steps: 5)).Distance);
    }

    [Fact]
    public async Task Compare_HigherCountryThreshold_NamesWhatIsAdded()
    {
        Connect("Alfa", hoursAgo: 100, tuples: 1, times: 8);
        Connect("Alfa", hoursAgo: 5, tuples: 7);
        Connect("Bravo", hoursAgo: 9, tuples: 7);

        var whatIf = await AskAsync(trigger: 5);
        var difference = whatIf.Compare(whatIf.Own, whatIf.Own.WithThreshold(0, 10));

        var added = Assert.Single(difference.Added);
        Assert.Equal(
            (End.AddHours(-4), "Alfa", "host", 7),
            (added.EndUtc, added.Rows[0].Subject.ToString(), added.Rows[0].Names[1], added.Rows.Count));
        Assert.Equal("Bravo", Assert.Single(difference.Both).Rows[0].Subject.ToString());
        Assert.Empty(difference.Removed);
        Assert.Equal("Alfa", Assert.Single(whatIf.Compare(whatIf.Own.WithThreshold(0, 10), whatIf.Own).Removed).Rows[0].Subject.ToString());
    }

    [Fact]
    public async Task Curve_CountryThreshold_StepsWhereACountryBecomesRare()
    {
        Connect("Alfa", hoursAgo: 100, tuples: 1, times: 8);
        Connect("Alfa", hoursAgo: 5, tuples: 7);

        var whatIf = await AskAsync(trigger: 5);
        var curve = whatIf.Curve(whatIf.Own, whatIf.Axis("countryThreshold")!);

        Assert.Equal(51, curve.Points.Count);
        Assert.Equal((0, 1), (curve.Points[7].Alerts, curve.Points[8].Alerts));
        Assert.Null(curve.NoEffect);
    }

    [Fact]
    public async Task Curve_TupleThresholdAsShipped_HasNoEffectAndSaysWhy()
    {
        Connect("Alfa", hoursAgo: 5, tuples: 7);

        var whatIf = await AskAsync(trigger: 5);
        var curve = whatIf.Curve(whatIf.Own, whatIf.Axis("tupleThreshold")!);

        Assert.Equal(
            "Tuple threshold has no effect here: whatever the other thresholds let through (1 case) has at most 0 rows in 7 d.",
            curve.NoEffect);
        Assert.Null(curve.Knee);
    }

    [Fact]
    public async Task Map_TwoThresholds_HoldsTheTotalsOfEachPair()
    {
        Connect("Alfa", hoursAgo: 100, tuples: 1, times: 3);
        Connect("Alfa", hoursAgo: 5, tuples: 7);

        var whatIf = await AskAsync(trigger: 5);
        var (country, trigger) = (whatIf.Axis("countryThreshold")!, whatIf.Axis(WhatIfAxis.TriggerKey)!);
        var map = whatIf.Map(whatIf.Own, country, trigger);

        Assert.Equal(51 * 51, map.Cells.Count);
        foreach (var (across, down) in (ReadOnlySpan<(int, int)>)[(0, 0), (2, 5), (3, 5), (3, 6), (3, 7), (50, 50)])
        {
            Assert.Equal(whatIf.Totals(trigger.Set(country.Set(whatIf.Own, across), down)), map[across, down]);
        }

        Assert.Equal((0, 1, 0), (map[2, 6].Alerts, map[3, 6].Alerts, map[3, 7].Alerts));
    }

    [Fact]
    public async Task Totals_HistoryThatIsTooShort_CountIncompleteWindowsApart()
    {
        rows.Clear();
        Connect("Alfa", hoursAgo: 20 * 24, tuples: 7);
        Connect("Bravo", hoursAgo: 5, tuples: 7);

        var whatIf = await AskAsync(trigger: 5);
        var totals = whatIf.Totals(whatIf.Own);
        var shorter = whatIf.Totals(whatIf.Own.WithLookback(0, TimeSpan.FromDays(7)));

        Assert.Equal((0, 0, 1), (totals.Alerts, totals.NoAlert, totals.IncompleteAlerts));
        Assert.Equal(totals.Incomplete + totals.NoData, whatIf.Pass.Windows.Count);
        Assert.Equal((1, 0), (shorter.Alerts, shorter.Incomplete));
        Assert.Empty(whatIf.Alerts(whatIf.Own));
        Assert.Single(whatIf.Alerts(whatIf.Own, withIncomplete: true));
    }

    [Fact]
    public async Task Alerts_ManyRowsWithOneAlertEach_EndWithTheOneForTheRest()
    {
        Connect("Alfa", hoursAgo: 5, tuples: 200);

        var whatIf = await AskAsync(trigger: 5, grouping: EventGrouping.AlertPerResult);
        var alerts = whatIf.Alerts(whatIf.Own);

        Assert.Equal((150, AlertGrouping.RemainingRows, 51), (alerts.Count, alerts[^1].GroupKey, alerts[^1].Rows.Count));
        Assert.Equal(150, whatIf.Totals(whatIf.Own).Alerts);
    }

    [Fact]
    public async Task Fit_BeyondThePass_ComesBackToWhatItCanAnswer()
    {
        var whatIf = await AskAsync(trigger: 5);

        var fitted = whatIf.Fit(new WhatIfSetting([new(99, TimeSpan.FromDays(3)), new(-4, TimeSpan.FromDays(7))], 20_000));

        Assert.Equal(new WhatIfSetting([new(50, TimeSpan.FromDays(30)), new(0, TimeSpan.FromDays(7))], 10_000), fitted);
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0, 0 }, null)]
    [InlineData(new[] { 9, 8, 7, 6, 5 }, null)]
    [InlineData(new[] { 100, 60, 20, 18, 16, 14 }, 2)]
    [InlineData(new[] { 1, 1, 1, 1, 2, 9 }, 4)]
    [InlineData(new[] { 1, 2 }, null)]
    public void Knee_OfACurve_IsWhereItBends(int[] values, int? knee) => Assert.Equal(knee, Knee.Of(values));

    // As many processes as tuples, one row each time.
    private void Connect(string country, int hoursAgo, int tuples, int times = 1)
    {
        for (var i = 0; i < tuples * times; i++)
        {
            rows.Add(new VmConnection
            {
                TimeGenerated = End.AddHours(-hoursAgo).AddSeconds(i + 1),
                Computer = "host",
                Direction = "outbound",
                ProcessName = $"process {i % tuples}",
                SourceIp = "10.0.0.4",
                DestinationIp = "203.0.113.9",
                RemoteCountry = country,
            });
        }
    }

    private async Task<WhatIf> AskAsync(int trigger, EventGrouping grouping = EventGrouping.SingleAlert, int? holdAbove = null)
    {
        var rule = Bound.Shipped with
        {
            TriggerThreshold = trigger,
            EventGrouping = grouping,
            LearningPeriod = TimeSpan.Zero,
            HoldAbove = holdAbove,
        };
        var request = new SimulationRequest
        {
            Rule = Bound.Catalog.Bind(rule),
            Span = new TimeRange(End.AddDays(-2), End),
            Lookbacks = new Dictionary<string, IReadOnlyList<TimeSpan>>(StringComparer.Ordinal)
            {
                ["countryLookback"] = [TimeSpan.FromDays(7)],
            },
        };
        return new WhatIf(
            await SimulationPass.RunAsync(request, new InMemoryConnections(rows), progress: null, TestContext.Current.CancellationToken));
    }
}
