using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareOutboundConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Simulation;

/// <summary>The pass against each window detected alone.</summary>
public sealed class SimulationEquivalenceTests
{
    // CsCheck's own variable: mutation testing runs this test once a mutant and makes do with fewer.
    private static readonly int Histories = int.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 600;
    private static readonly RareOutboundConnectionDetector Detector = new();

    public static TheoryData<string> Vectors => TestVector.TheoryData;

    [Fact]
    public async Task RunAsync_OverRandomHistories_GivesEachWindowsRowsAtEverySetting()
    {
        var (results, windows, outside, common) = (0, 0, 0, 0);
        await Gen.Select(Estate.Cases, Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 2]).SampleAsync(
            async (@case, country, tuple, lookback) =>
            {
                var history = @case.History();
                var pass = await SimulationPass.RunAsync(Detector, @case.Request, history, progress: null, default);
                var whatIf = new WhatIf(pass);
                var other = new WhatIfSetting(
                    [new(country, pass.LookbacksOf(0)[lookback % pass.LookbacksOf(0).Count]), new(tuple, pass.LookbacksOf(1)[lookback % pass.LookbacksOf(1).Count])],
                    whatIf.Own.TriggerThreshold);
                foreach (var setting in (WhatIfSetting[])[whatIf.Own, other])
                {
                    foreach (var (place, window) in pass.Windows.Index())
                    {
                        var found = await DetectAsync(@case, setting, window.Range.EndUtc, history);

                        Assert.Equal(found.Select(finding => finding.GroupKey), whatIf.Rows(setting, place).Select(row => row.GroupKey));
                        Assert.Equal(found.Select(finding => finding["min_TimeGenerated"]), whatIf.Rows(setting, place).Select(row => (object)row.FirstUtc));
                        Assert.Equal(await history.AnyAsync(window.Range, default), window.HasRows);
                        results += found.Count > 0 ? 1 : 0;
                        windows++;
                    }
                }

                outside += pass.Candidates.Count(candidate => candidate.Counts.Any(count => count > pass.HighestThreshold));
                common += pass.Candidates.Count == 0 ? 1 : 0;
                Assert.Equal(@case.Request.WindowEnds(), pass.Windows.Select(window => window.Range.EndUtc));
            },
            iter: Histories,
            threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine($"{windows} windows, {results} with results, {outside} candidates with a number past the highest, {common} passes without any");
        Assert.InRange(results, windows / 20, windows * 19 / 20);
        Assert.InRange(outside, Histories / 20, int.MaxValue);
    }

    [Fact]
    public async Task RunAsync_OverRandomHistories_CountsWhatTheDetectorExplains()
    {
        var compared = 0;
        await Estate.Cases.SampleAsync(
            async @case =>
            {
                var history = @case.History();
                var whatIf = new WhatIf(await SimulationPass.RunAsync(Detector, @case.Request, history, progress: null, default));
                foreach (var candidate in whatIf.Pass.Candidates.Where(candidate => whatIf.Passes(candidate, whatIf.Own)))
                {
                    var found = (await DetectAsync(@case, whatIf.Own, whatIf.Pass.Windows[candidate.Window].Range.EndUtc, history)).Where(finding => finding["RemoteCountry"]!.Equals(candidate.Subject)).ToList();
                    var (country, tuple) = (whatIf.Own.Knobs[0], whatIf.Own.Knobs[1]);

                    Assert.Equal(found[0].Explanation.Measures.Single(measure => measure.Key == "countryRows").Value, whatIf.CountOf(candidate, 0, country.Lookback));
                    Assert.Equal(found.Min(finding => finding.Explanation.Measures.Single(measure => measure.Key == "tupleRows").Value), whatIf.CountOf(candidate, 1, tuple.Lookback));
                    Assert.Equal(found.Count, candidate.Rows.Count);
                    compared++;
                }
            },
            iter: Histories / 4,
            threads: 1);

        Assert.InRange(compared, Histories / 4, int.MaxValue);
    }

    [Fact]
    public async Task Runs_OverRandomHistories_AreThoseOfTheRunnersJudgementInOrder()
    {
        var kinds = new HashSet<RunOutcomeKind>();
        var incomplete = 0;
        await Estate.Cases.SampleAsync(
            async @case =>
            {
                var history = @case.History();
                var rule = @case.Request.Rule;
                var reach = Detector.Reach(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod);
                var whatIf = new WhatIf(await SimulationPass.RunAsync(Detector, @case.Request, history, progress: null, default));
                var alerted = new List<(DateTime EndUtc, string Key)>();
                foreach (var run in whatIf.Runs(whatIf.Own))
                {
                    // What RuleEvaluator does for one window, over the alerts made so far.
                    var last = alerted.Count == 0 ? (DateTime?)null : alerted.Max(alert => alert.EndUtc);
                    var silent = rule.SuppressionDuration is { } duration && last is { } end && new Suppression(end, duration).Covers(run.EndUtc);
                    var findings = await DetectAsync(@case, whatIf.Own, run.EndUtc, history);
                    var outcome = silent
                        ? RunOutcome.Suppressed(new Suppression(last!.Value, rule.SuppressionDuration!.Value))
                        : RunOutcome.Judge(
                            rule,
                            reach.WindowEndingAt(run.EndUtc),
                            findings,
                            findings.Count > 0 || await history.AnyAsync(reach.WindowEndingAt(run.EndUtc), default),
                            await BaselineFullness.MeasureAsync(history, reach.BaselineBefore(run.EndUtc), default));

                    alerted.AddRange(outcome.Groups.Select(group => (run.EndUtc, group.GroupKey)));
                    Assert.Equal((outcome.Kind, outcome.Groups.Count, silent ? 0 : findings.Count), (run.Kind, run.Alerts, run.ResultRows));
                    Assert.Equal(await history.OldestAsync(default) <= reach.BaselineBefore(run.EndUtc).StartUtc, run.IsComplete);
                    kinds.Add(run.Kind);
                    incomplete += run.IsComplete ? 0 : 1;
                }

                Assert.Equal(alerted, whatIf.Alerts(whatIf.Own, withIncomplete: true).Select(alert => (alert.EndUtc, alert.GroupKey)));
            },
            iter: Histories / 2,
            threads: 1);

        Assert.Equal(Enum.GetValues<RunOutcomeKind>().Length, kinds.Count);
        Assert.InRange(incomplete, 1, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task RunAsync_OverVector_HasTheEnginesRowsInItsWindow(string name)
    {
        var vector = TestVector.Load(name);
        var history = new InMemoryConnectionHistory(vector.ReadConnections());
        var rule = new RuleDefinition { Name = name, Detector = Detector.Kind, SettingsJson = vector.SettingsJson, QueryFrequency = TimeSpan.FromHours(1), QueryPeriod = TimeSpan.FromDays(30) };
        var whatIf = new WhatIf(await SimulationPass.RunAsync(
            Detector, new SimulationRequest { Rule = rule, Span = new TimeRange(vector.NowUtc.AddHours(-30), vector.NowUtc) }, history, progress: null, default));

        foreach (var (place, window) in whatIf.Pass.Windows.Index())
        {
            var found = await Detector.DetectAsync(new DetectionContext(window.Range.EndUtc, vector.SettingsJson, TimeSpan.FromHours(1), TimeSpan.FromDays(30)), history, default);
            Assert.Equal(found.Select(finding => finding.GroupKey), whatIf.Rows(whatIf.Own, place).Select(row => row.GroupKey));
        }

        // The detector alone is held to the engine's rows in its own test.
        Assert.Equal(30, whatIf.Pass.Windows.Count);
    }

    [Fact]
    public async Task RunAsync_DetectorWithoutAPass_IsEvaluatedWindowByWindow() =>
        await Estate.Cases.SampleAsync(
            async @case =>
            {
                var history = @case.History();
                var alone = new WhatIf(await SimulationPass.RunAsync(new Plain(Detector), @case.Request, history, progress: null, default));
                var once = new WhatIf(await SimulationPass.RunAsync(Detector, @case.Request with { Lookbacks = new Dictionary<string, IReadOnlyList<TimeSpan>>(StringComparer.Ordinal) }, history, progress: null, default));

                Assert.Equal(once.Runs(once.Own), alone.Runs(alone.Own));
                Assert.Equal(
                    once.Alerts(once.Own).Select(alert => (alert.GroupKey, Rows: string.Join('|', alert.Rows))),
                    alone.Alerts(alone.Own).Select(alert => (alert.GroupKey, Rows: string.Join('|', alert.Rows))));
                Assert.Equal(WhatIfAxis.TriggerKey, Assert.Single(alone.Axes).Key);
            },
            iter: Histories / 6,
            threads: 1);

    private static Task<IReadOnlyList<Finding>> DetectAsync(Estate.Case @case, WhatIfSetting setting, DateTime end, InMemoryConnectionHistory history)
    {
        var rule = @case.Request.Rule;
        Assert.True(RareOutboundConnectionSettings.TryParse(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod, out var settings, out _));
        var changed = settings with
        {
            CountryThreshold = setting.Knobs[0].Threshold,
            CountryLookback = setting.Knobs[0].Lookback,
            TupleThreshold = setting.Knobs[1].Threshold,
            TupleLookback = setting.Knobs[1].Lookback,
        };
        return Detector.DetectAsync(new DetectionContext(end, changed.ToJson(), rule.QueryFrequency, rule.QueryPeriod), history, default);
    }

    /// <summary>The same detector, hiding that it can be simulated.</summary>
    private sealed class Plain(IDetector inner) : IDetector
    {
        public string Kind => inner.Kind;

        public string DisplayName => inner.DisplayName;

        public IReadOnlyList<DetectorSetting> Settings => inner.Settings;

        public string ShippedSettings => inner.ShippedSettings;

        public IReadOnlyList<RuleError> Validate(string settingsJson, TimeSpan frequency, TimeSpan period) => inner.Validate(settingsJson, frequency, period);

        public string Normalize(string settingsJson, TimeSpan frequency, TimeSpan period) => inner.Normalize(settingsJson, frequency, period);

        public DetectorReach Reach(string settingsJson, TimeSpan frequency, TimeSpan period) => inner.Reach(settingsJson, frequency, period);

        public string Describe(RuleDefinition rule) => inner.Describe(rule);

        public IReadOnlyList<RuleAdvice> Advise(RuleDefinition rule) => inner.Advise(rule);

        public Task<IReadOnlyList<Finding>> DetectAsync(DetectionContext context, IConnectionHistory history, CancellationToken cancellationToken) => inner.DetectAsync(context, history, cancellationToken);
    }
}
