using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Scheduling;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

/// <summary>When a rare country becomes common, against each window looked at alone.</summary>
public sealed class ForecastTests
{
    private static readonly DateTime Three = new(2026, 11, 24, 15, 0, 0, DateTimeKind.Utc);
    private static readonly RuleDefinition Shipped = Bound.Shipped;
    private static readonly Subject Belarus = Subject.Of("RemoteCountry", "Belarus");

    public static TheoryData<string> Kinds => [.. RareConnectionDetectors.All.Select(detector => detector.Kind)];

    [Fact]
    public async Task ForecastAsync_RowsOfTheAlertItself_NamesTheNextWindowThatIsBlindAndTheDayItSeesAgain()
    {
        var forecast = await AskAsync(Shipped, Three, Three.AddMinutes(20), Minutes(1, 3, 4, 6, 7, 8));

        Assert.Equal((BaselineState.Becoming, 6, 5), (forecast.State, forecast.Rows, forecast.Limit));
        Assert.Equal(
            (Three.AddMinutes(-52), Three.AddHours(1), Three.AddMinutes(-59).AddDays(30)),
            (forecast.ReachedUtc!.Value, forecast.FirstEndUtc!.Value, forecast.UntilUtc!.Value));
        Assert.Equal(
            "Belarus becomes common with the window that ends 2026-11-24 16:00 UTC: row 6 came at 2026-11-24 14:08 UTC "
            + "(6 rows in 30 d, more than 5 make it common). The rule no longer alerts on it then, until 2026-12-24 14:01 UTC when no "
            + "further "
            + "row comes.",
            forecast.Sentence);
    }

    [Fact]
    public async Task ForecastAsync_AnHourLater_SaysSinceWhen()
    {
        var forecast = await AskAsync(Shipped, Three, Three.AddHours(1).AddMinutes(20), Minutes(1, 3, 4, 6, 7, 8));

        Assert.Equal(BaselineState.Ordinary, forecast.State);
        Assert.StartsWith(
            "Belarus is common: the first window that no longer saw it as rare ended 2026-11-24 16:00 UTC; row 6 had come at "
            + "2026-11-24 14:08 UTC",
            forecast.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForecastAsync_FewRows_SaysHowManyAreMissing()
    {
        var forecast = await AskAsync(Shipped, Three, Three.AddMinutes(20), Minutes(1, 3, 4, 6));

        Assert.Equal((BaselineState.Found, null, null), (forecast.State, forecast.FirstEndUtc, forecast.UntilUtc));
        Assert.Equal("Belarus is still rare: 4 rows in 30 d. 2 more rows make it common.", forecast.Sentence);
    }

    [Fact]
    public async Task ForecastAsync_ExcludedRows_DoNotCount()
    {
        List<VmConnection> rows = [.. Minutes(1, 3, 4, 6, 7, 8).Select(Row)];
        var connections = new ExcludingConnections(
            new InMemoryConnections(rows), [new BaselineExclusion(12, Belarus, new TimeRange(Three.AddHours(-1), Three))]);

        var forecast = Assert.Single(await Bound.First().ForecastAsync(
            new ForecastQuestion(Shipped, Three, [Belarus], Three.AddMinutes(20)), connections, TestContext.Current.CancellationToken));

        Assert.Equal((BaselineState.Found, 0), (forecast.State, forecast.Rows));
    }

    [Fact]
    public async Task ForecastAsync_ThresholdThatPrunesNothing_IsNotWorkedOut()
    {
        var rule = Shipped with { SettingsJson = """{"countryThreshold":1000000}""" };

        Assert.Equal(BaselineState.Unknown, (await AskAsync(rule, Three, Three, Minutes(1))).State);
    }

    [Fact]
    public async Task ForecastAsync_Subjects_AreAnsweredInTheirOrderAndOnlyCountriesGrow()
    {
        var (first, other) = (Subject.Of("RemoteCountry", "belarus"), Subject.Of("Computer", "vm"));

        var forecasts = await Bound.First().ForecastAsync(
            new ForecastQuestion(Shipped, Three, [first, other, Belarus], Three),
            new InMemoryConnections(Minutes(1).Select(Row)),
            TestContext.Current.CancellationToken);

        Assert.True(Bound.First().CanForecast);
        Assert.Equal([(first, 0L), (Belarus, 1L)], forecasts.Select(forecast => (forecast.Subject, forecast.Rows)));
    }

    [Fact]
    public async Task ForecastAsync_DetectorThatCannot_GivesNone()
    {
        var rule = Bound.Catalog.Bind(Shipped with { Detector = HostRowsDetector.KindName, SettingsJson = "{}" });

        Assert.False(rule.CanForecast);
        Assert.Empty(
            await rule.ForecastAsync(
                new ForecastQuestion(rule.Definition, Three, [Belarus], Three),
                new InMemoryConnections([]),
                TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ForecastAsync_OverRandomHistories_IsWhatEachWindowSeesAlone(string kind)
    {
        // The revised inbound rule compares its direction as =~ does.
        string[] directions = kind switch
        {
            RareConnectionDetectors.Inbound => ["inbound"],
            RareConnectionDetectors.InboundByAddress => ["inbound", "Inbound"],
            _ => ["outbound"],
        };
        var states = new Dictionary<BaselineState, int>();
        var cases =
            from threshold in Gen.Int[0, 4]
            from lookback in Gen.OneOf(TimeSpan.FromHours(3), TimeSpan.FromHours(8), TimeSpan.FromDays(2))
            from window in Gen.OneOf(TimeSpan.FromHours(1), TimeSpan.FromMinutes(20), TimeSpan.FromHours(2))
            from minutes in Gen.OneOf(Gen.Int[0, 4000], Gen.Int[0, 600], Gen.Int[0, 66].Select(hour => hour * 60)).List[0, 14]
            from age in Gen.Int[0, 40]
            from past in Gen.Int[0, 59]
            select (threshold, lookback, window, minutes, age, past);
        await cases.SampleAsync(
            async one =>
            {
                var now = Three.AddMinutes(one.past);
                var alert = Three.AddHours(-one.age);
                var rule = Shipped with
                {
                    Detector = kind,
                    SettingsJson = Bound.Json(new RareConnectionSettings
                    {
                        CountryThreshold = one.threshold,
                        CountryLookback = one.lookback,
                        CurrentWindow = one.window,
                        TupleLookback = TimeSpan.FromDays(1),
                    }),
                };
                List<DateTime> times = [.. one.minutes.Select(minute => now.AddMinutes(-1 - minute)).Order()];
                var schedule = new QuerySchedule(rule.QueryFrequency);
                List<DateTime> common =
                [
                    .. Ends().Where(end => times.Count(time => time >= end - one.lookback && time < end - one.window) > one.threshold),
                ];

                var forecast = await AskAsync(
                    rule,
                    alert,
                    now,
                    times.Select((time, number) => Row(time) with { Direction = directions[number % directions.Length] }));

                Assert.Equal(times.Count(time => time >= now - one.lookback && time < now), forecast.Rows);
                var next = schedule.FirstEndAfter(now);
                var expected = !common.Exists(end => end > now) ? BaselineState.Found
                    : common.Contains(next) && common[0] <= now ? BaselineState.Ordinary
                    : BaselineState.Becoming;
                Assert.Equal(expected, forecast.State);
                Assert.Equal(
                    expected is BaselineState.Becoming ? common.Find(end => end > now) : common.Count > 0 ? common[0] : null,
                    forecast.FirstEndUtc);
                Assert.Equal(
                    expected is BaselineState.Found ? (DateTime?)null : common[^1],
                    forecast.UntilUtc is { } until ? schedule.LastEndAt(until) : null);
                if (forecast.ReachedUtc is { } reached)
                {
                    Assert.True(reached < forecast.FirstEndUtc!.Value - one.window);
                }

                states[expected] = states.GetValueOrDefault(expected) + 1;

                IEnumerable<DateTime> Ends()
                {
                    var last = now + one.lookback + TimeSpan.FromHours(3);
                    for (var end = schedule.FirstEndAfter(alert); end < last; end += schedule.Frequency)
                    {
                        yield return end;
                    }
                }
            },
            iter: 3_000,
            threads: 1);

        Assert.Equal(3, states.Count);
        Assert.All(states.Values, count => Assert.InRange(count, 50, int.MaxValue));
    }

    private static VmConnection Row(DateTime time) =>
        new()
        {
            TimeGenerated = time,
            Computer = "vm",
            Direction = "outbound",
            ProcessName = "nc",
            SourceIp = "10.0.0.4",
            DestinationIp = "203.0.113.9",
            RemoteCountry = "Belarus",
        };

    private static List<DateTime> Minutes(params int[] past) => [.. past.Select(minute => Three.AddHours(-1).AddMinutes(minute))];

    private static Task<BaselineForecast> AskAsync(RuleDefinition rule, DateTime alertEnd, DateTime now, IEnumerable<DateTime> times) =>
        AskAsync(rule, alertEnd, now, times.Select(Row));

    private static async Task<BaselineForecast> AskAsync(
        RuleDefinition rule, DateTime alertEnd, DateTime now, IEnumerable<VmConnection> rows) =>
        Assert.Single(await Bound.Catalog.Bind(rule).ForecastAsync(
            new ForecastQuestion(rule, alertEnd, [Belarus], now), new InMemoryConnections(rows), TestContext.Current.CancellationToken));
}
