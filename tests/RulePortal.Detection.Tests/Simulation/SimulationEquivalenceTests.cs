using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Simulation;

/// <summary>The pass of every detector against each window detected alone.</summary>
public sealed class SimulationEquivalenceTests
{
    // CsCheck's own variable: mutation testing runs this test once a mutant and makes do with fewer.
    private static readonly int Histories = int.TryParse(
        Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 600;

    public static TheoryData<string> Kinds => Estate.Kinds;

    public static TheoryData<string> Vectors => TestVector.TheoryData;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RunAsync_OverRandomHistories_GivesEachWindowsRowsAtEverySetting(string kind)
    {
        var (results, windows, outside, moved) = (0, 0, 0, 0);
        await Gen.Select(Estate.CasesOf(kind), Estate.Moves).SampleAsync(
            async (@case, move) =>
            {
                var connections = @case.Connections();
                var whatIf = await @case.AskAsync(connections);
                var pass = whatIf.Pass;
                var other = move(whatIf);
                moved += other == whatIf.Own ? 0 : 1;
                foreach (var setting in (WhatIfSetting[])[whatIf.Own, other])
                {
                    var runs = whatIf.Runs(setting);
                    foreach (var (position, window) in pass.Windows.Index())
                    {
                        var found = await @case.DetectAsync(setting, window.Range.EndUtc, connections);

                        Assert.Equal(
                            @case.InOrder(found.Select(finding => (finding.GroupKey, finding.Subject, finding.FirstUtc))),
                            @case.InOrder(whatIf.Rows(setting, position).Select(row => (row.GroupKey, row.Subject, row.FirstUtc))));
                        Assert.Equal(runs[position].Kind == RunOutcomeKind.Suppressed ? 0 : found.Count, runs[position].ResultRows);
                        Assert.Equal(await connections.AnyAsync(window.Range, default), window.HasRows);
                        results += found.Count > 0 ? 1 : 0;
                        windows++;
                    }
                }

                outside += pass.Candidates.Count(
                    candidate => pass.Columns.Zip(candidate.Numbers).Any(
                        number => number.Second > pass.Thresholds(number.First.Knob).Greatest));
                Assert.Equal(@case.Request.WindowEnds(), pass.Windows.Select(window => window.Range.EndUtc));
            },
            iter: Histories,
            threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{windows} windows, {results} with results, {outside} candidates with a number past the highest, {moved} passes moved");
        Assert.InRange(results, windows / 20, windows * 19 / 20);
        Assert.InRange(outside, Histories / 20, int.MaxValue);
        Assert.InRange(moved, Histories / 2, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RunAsync_OverRandomHistories_CountsWhatTheDetectorExplains(string kind)
    {
        var compared = 0;
        var measures = kind == HostRowsDetector.KindName ? (string[])["rows", "before"] : ["countryRows", "tupleRows"];
        await Estate.CasesOf(kind).SampleAsync(
            async @case =>
            {
                var connections = @case.Connections();
                var whatIf = await @case.AskAsync(connections);
                foreach (var candidate in whatIf.Pass.Candidates.Where(candidate => whatIf.IsResult(candidate, whatIf.Own)))
                {
                    var keys = candidate.Rows.Select(row => row.GroupKey).ToList();
                    var found = (await @case.DetectAsync(whatIf.Own, whatIf.Pass.Windows[candidate.Window].Range.EndUtc, connections))
                        .Where(finding => keys.Contains(finding.GroupKey)).ToList();

                    // Rows that make no tuple of their own have no measure of it.
                    Assert.Equal(
                        measures.Select(
                            key => found.SelectMany(finding => finding.Explanation.Measures)
                                .Where(measure => measure.Key == key).Min(measure => measure.Value)),
                        whatIf.Own.Knobs.Select((value, knob) => whatIf.NumberOf(candidate, knob, value.Lookback)));
                    Assert.All(found, finding => Assert.Equal(candidate.Subject, finding.Subject));
                    Assert.Equal(keys, found.Select(finding => finding.GroupKey));
                    compared++;
                }
            },
            iter: Histories / 4,
            threads: 1);

        Assert.InRange(compared, Histories / 4, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Runs_OverRandomHistories_AreThoseOfTheRunnersJudgementInOrder(string kind)
    {
        var kinds = new HashSet<RunOutcomeKind>();
        var (incomplete, fuller) = (0, 0);
        await Gen.Select(Estate.CasesOf(kind), Estate.Moves).SampleAsync(
            async (@case, move) =>
            {
                var connections = @case.Connections();
                var whatIf = await @case.AskAsync(connections);
                foreach (var setting in (WhatIfSetting[])[whatIf.Own, move(whatIf)])
                {
                    var rule = @case.Rule.At(setting);
                    var alerted = new List<(DateTime EndUtc, string Key)>();
                    foreach (var run in whatIf.Runs(setting))
                    {
                        // What a scheduled run does for one window, over the alerts made so far.
                        var last = alerted.Count == 0 ? (DateTime?)null : alerted.Max(alert => alert.EndUtc);
                        var silent = rule.Definition.SuppressionDuration is { } duration
                            && last is { } end
                            && new Suppression(end, duration).Covers(run.EndUtc);
                        var findings = await rule.DetectAsync(run.EndUtc, connections, default);
                        var outcome = silent
                            ? RunOutcome.Suppressed(new Suppression(last!.Value, rule.Definition.SuppressionDuration!.Value))
                            : RunOutcome.Judge(
                                rule.Definition,
                                rule.Reach.WindowEndingAt(run.EndUtc),
                                findings,
                                findings.Count > 0 || await connections.AnyAsync(rule.Reach.WindowEndingAt(run.EndUtc), default),
                                await BaselineFullness.MeasureAsync(connections, rule.Reach.BaselineBefore(run.EndUtc), default));

                        alerted.AddRange(outcome.Groups.Select(group => (run.EndUtc, group.GroupKey)));
                        Assert.Equal(
                            (outcome.Kind, outcome.Groups.Count, silent ? 0 : findings.Count), (run.Kind, run.Alerts, run.ResultRows));
                        Assert.Equal(
                            await connections.OldestAsync(default) <= rule.Reach.BaselineBefore(run.EndUtc).StartUtc, run.IsComplete);
                        kinds.Add(run.Kind);
                        incomplete += run.IsComplete ? 0 : 1;
                    }

                    Assert.Equal(
                        alerted.Order(),
                        whatIf.Alerts(setting, withIncomplete: true).Select(alert => (alert.EndUtc, alert.GroupKey)).Order());
                    fuller += rule.Reach.Lookback == @case.Rule.Reach.Lookback ? 0 : 1;
                }
            },
            iter: Histories / 2,
            threads: 1);

        Assert.Equal(Enum.GetValues<RunOutcomeKind>().Length, kinds.Count);
        Assert.InRange(incomplete, 1, int.MaxValue);
        Assert.InRange(fuller, Histories / 20, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task RunAsync_OverVector_HasTheEnginesRowsInItsWindow(string name)
    {
        var vector = TestVector.Load(name);
        var connections = new InMemoryConnections(vector.ReadConnections());
        var rule = Bound.First(vector.SettingsJson);
        var whatIf = new WhatIf(await SimulationPass.RunAsync(
            new SimulationRequest
            {
                Rule = rule,
                Span = new TimeRange(vector.NowUtc.AddHours(-30), vector.NowUtc),
            }, connections, progress: null, default));

        foreach (var (position, window) in whatIf.Pass.Windows.Index())
        {
            var found = await rule.DetectAsync(window.Range.EndUtc, connections, default);
            Assert.Equal(found.Select(finding => finding.GroupKey), whatIf.Rows(whatIf.Own, position).Select(row => row.GroupKey));
        }

        // The detector alone is held to the engine's rows in its own test.
        Assert.Equal(30, whatIf.Pass.Windows.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RunAsync_DetectorWithoutAPass_IsEvaluatedWindowByWindow(string kind) =>
        await Estate.CasesOf(kind).SampleAsync(
            async @case =>
            {
                var connections = @case.Connections();
                var once = await @case.AskAsync(connections);

                var alone = await @case.AskAloneAsync(once.Own, connections);

                var request = alone.Pass.Request;
                Assert.False(request.Rule.CanSimulate);
                await Assert.ThrowsAsync<NotSupportedException>(
                    () => request.Rule.FindCandidatesAsync(request, connections, progress: null, default));
                Assert.Equal(once.Runs(once.Own), alone.Runs(alone.Own));
                Assert.Equal(Rows(once), Rows(alone));
                Assert.Equal(WhatIfAxis.TriggerKey, Assert.Single(alone.Axes).Key);
                Assert.All(alone.Pass.Candidates, candidate => Assert.True(candidate.Subject.IsNone));

                // The revised outbound rule names the process of the left row that a join keeps; a pass knows that of the right one.
                IEnumerable<(DateTime, string, string)> Rows(WhatIf whatIf) =>
                    from alert in whatIf.Alerts(whatIf.Own)
                    from row in alert.Rows
                    orderby alert.EndUtc, row.GroupKey
                    let names = kind == RareConnectionDetectors.OutboundByAddress ? row.Names.Skip(1) : row.Names
                    select (alert.EndUtc, row.GroupKey, $"{row.Subject}, {row.FirstUtc:O}: {string.Join(" | ", names)}");
            },
            iter: Histories / 6,
            threads: 1);
}
