using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareOutboundConnection;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Tests.Simulation;

namespace RulePortal.Detection.Tests.Connections;

/// <summary>A history without some rows, against one from which they were really taken.</summary>
public sealed class ExcludingHistoryTests
{
    private static readonly RareOutboundConnectionDetector Detector = new();

    // Around rows that are there: a span that meets none proves nothing.
    private static readonly Gen<List<(int Row, int Before, int Length, bool IsNowhere)>> Spans =
        (from row in Gen.Int[0, 10_000]
         from before in Gen.Int[0, 60]
         from length in Gen.OneOf(20, 61, 600, 3_000)
         from nowhere in Gen.Frequency((9, false), (1, true))
         select (row, before, length, nowhere)).List[0, 6];

    [Fact]
    public async Task Counts_OverRandomHistories_AreThoseWithoutTheRows()
    {
        var differing = 0;
        await Gen.Select(Estate.Cases, Spans, Gen.Int[1, 4], Gen.Int[0, 5_000], Gen.Int[1, 5_000]).SampleAsync(
            async (@case, spans, cap, back, length) =>
            {
                var exclusions = Exclude(@case, spans);
                var whole = @case.History();
                var less = new InMemoryConnectionHistory(@case.Rows.Where(row => !exclusions.Exists(exclusion => exclusion.Country == row.RemoteCountry && exclusion.Range.Contains(row.TimeGenerated))));
                var excluding = new ExcludingHistory(whole, exclusions);
                var range = new TimeRange(Estate.End.AddMinutes(-back - length), Estate.End.AddMinutes(-back));
                foreach (var country in await whole.SeenCountriesAsync("outbound", default))
                {
                    var count = await less.CountAsync("outbound", country, range, cap, default);
                    Assert.Equal(count, await excluding.CountAsync("outbound", country, range, cap, default));
                    Assert.Equal(await less.NthLatestAsync("outbound", country, range, cap, default), await excluding.NthLatestAsync("outbound", country, range, cap, default));
                    var tuples = @case.Rows.Where(row => row.RemoteCountry == country).Select(ConnectionTuple.Of).Distinct().ToList();
                    Assert.Equal(await less.TupleRowsAsync("outbound", tuples, range, cap, default), await excluding.TupleRowsAsync("outbound", tuples, range, cap, default));
                    Assert.Equal((await less.ScanAsync("outbound", country, range, 9_000, default)).Count, (await excluding.ScanAsync("outbound", country, range, 9_000, default)).Count(row => !row.IsKeptOut));
                    differing += count == await whole.CountAsync("outbound", country, range, cap, default) ? 0 : 1;
                }

                var window = new TimeRange(Estate.End.AddDays(-5), Estate.End);
                var expected = (await whole.CountriesAsync("outbound", window, range, cap, default)).Select(country => country with { Rows = less.CountAsync("outbound", country.Country, range, cap, default).Result });
                Assert.Equal(expected, await excluding.CountriesAsync("outbound", window, range, cap, default));
            },
            iter: 400,
            threads: 1);

        Assert.InRange(differing, 20, int.MaxValue);
    }

    [Fact]
    public async Task Simulation_WithExclusions_IsEachWindowAloneWithTheSame()
    {
        var (differing, results) = (0, 0);
        await Gen.Select(Estate.Cases, Spans, Gen.Int[0, 50], Gen.Int[0, 9], Gen.Int[0, 2]).SampleAsync(
            async (@case, spans, country, tuple, lookback) =>
            {
                var exclusions = Exclude(@case, spans);
                var whole = @case.History();
                var pass = await SimulationPass.RunAsync(Detector, @case.Request, new ExcludingHistory(whole, exclusions), progress: null, default);
                var plain = new WhatIf(await SimulationPass.RunAsync(Detector, @case.Request, whole, progress: null, default));
                var whatIf = new WhatIf(pass);
                var other = new WhatIfSetting(
                    [new(country, pass.LookbacksOf(0)[lookback % pass.LookbacksOf(0).Count]), new(tuple, pass.LookbacksOf(1)[lookback % pass.LookbacksOf(1).Count])],
                    whatIf.Own.TriggerThreshold);
                foreach (var setting in (WhatIfSetting[])[whatIf.Own, other])
                {
                    foreach (var (place, window) in pass.Windows.Index())
                    {
                        var found = await DetectAsync(@case, setting, window.Range.EndUtc, new ExcludingHistory(whole, exclusions));

                        Assert.Equal(found.Select(finding => finding.GroupKey), whatIf.Rows(setting, place).Select(row => row.GroupKey));
                        Assert.Equal(plain.Pass.Windows[place].HasRows, window.HasRows);
                        differing += found.Count == plain.Rows(setting, place).Count ? 0 : 1;
                        results += found.Count > 0 ? 1 : 0;
                    }
                }
            },
            iter: 300,
            threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine($"{results} windows with results, {differing} of them other than without exclusions");
        Assert.InRange(differing, 20, int.MaxValue);
    }

    [Fact]
    public async Task KeptOutAsync_WhatAnEvaluationUsed_GivesTheSameEvaluationAgain()
    {
        var (used, given) = (0, 0);
        await Gen.Select(Estate.Cases, Spans).SampleAsync(
            async (@case, spans) =>
            {
                var exclusions = Exclude(@case, spans);
                var whole = @case.History();
                var setting = new WhatIf(await SimulationPass.RunAsync(Detector, @case.Request, whole, progress: null, default)).Own;
                var first = new ExcludingHistory(whole, exclusions);
                var found = await DetectAsync(@case, setting, Estate.End, first);
                var kept = await first.KeptOutAsync(default);

                var again = await DetectAsync(@case, setting, Estate.End, new ExcludingHistory(whole, kept.Select(each => each.Exclusion)));

                Assert.Equal(found.Select(finding => (finding.GroupKey, finding.Explanation.Branch)), again.Select(finding => (finding.GroupKey, finding.Explanation.Branch)));
                Assert.All(kept, each => Assert.InRange(each.Rows, 1, KeptOutRows.MostCounted));
                used += kept.Count;
                given += exclusions.Distinct().Count();
            },
            iter: 400,
            threads: 1);

        Assert.InRange(used, 20, given - 1);
    }

    [Fact]
    public async Task Countries_RowsOfTheWindowItself_StayRows()
    {
        var end = Estate.End;
        var rows = Enumerable.Range(1, 9).Select(minute => new VmConnection { TimeGenerated = end.AddMinutes(-minute), Direction = "outbound", ProcessName = "nc", RemoteCountry = "Alfa" });
        var history = new ExcludingHistory(new InMemoryConnectionHistory(rows), [new BaselineExclusion(1, "Alfa", new TimeRange(end.AddHours(-1), end))]);

        Assert.Equal(9, (await history.RowsAsync("outbound", "Alfa", new TimeRange(end.AddHours(-1), end), TestContext.Current.CancellationToken)).Count);
        var country = Assert.Single(await history.CountriesAsync("outbound", new TimeRange(end.AddHours(-1), end), new TimeRange(end.AddDays(-30), end), 6, TestContext.Current.CancellationToken));
        Assert.Equal(0, country.Rows);
        Assert.Equal([new KeptOutRows(new BaselineExclusion(1, "Alfa", new TimeRange(end.AddHours(-1), end)), 9)], await history.KeptOutAsync(TestContext.Current.CancellationToken));
    }

    private static List<BaselineExclusion> Exclude(Estate.Case @case, List<(int Row, int Before, int Length, bool IsNowhere)> spans) =>
    [
        .. spans.Where(_ => @case.Rows.Count > 0).Select((span, alert) =>
        {
            var row = @case.Rows[span.Row % @case.Rows.Count];
            var start = row.TimeGenerated.AddMinutes(-span.Before);
            return new BaselineExclusion(alert + 1, span.IsNowhere ? "Nowhere" : row.RemoteCountry, new TimeRange(start, start.AddMinutes(span.Length)));
        }),
    ];

    private static Task<IReadOnlyList<Finding>> DetectAsync(Estate.Case @case, WhatIfSetting setting, DateTime endUtc, IConnectionHistory history)
    {
        var rule = @case.Request.Rule;
        _ = RareOutboundConnectionSettings.TryParse(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod, out var own, out _);
        var settings = own with { CountryThreshold = setting.Knobs[0].Threshold, CountryLookback = setting.Knobs[0].Lookback, TupleThreshold = setting.Knobs[1].Threshold, TupleLookback = setting.Knobs[1].Lookback };
        return Detector.DetectAsync(new DetectionContext(endUtc, settings.ToJson(), rule.QueryFrequency, rule.QueryPeriod), history, default);
    }
}
