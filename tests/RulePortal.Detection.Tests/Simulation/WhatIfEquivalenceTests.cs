using CsCheck;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Simulation;

/// <summary>
/// What a what-if says of every detector, against the windows evaluated one by one with the setting written into the rule.
/// </summary>
public sealed class WhatIfEquivalenceTests
{
    private static readonly int Histories = int.TryParse(
        Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 150;

    public static TheoryData<string> Kinds => Estate.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Curve_OfAnyAxis_HasTheTotalsOfItsWindowsAlone(string kind)
    {
        var (different, still) = (0, 0);
        await Gen.Select(Estate.CasesOf(kind), Estate.Moves, Gen.Int[0, 100], Gen.Int[0, 1_000]).SampleAsync(
            async (@case, move, axis, value) =>
            {
                var connections = @case.Connections();
                var whatIf = await @case.AskAsync(connections);
                var setting = move(whatIf);
                var curve = whatIf.Curve(setting, whatIf.Axes[axis % whatIf.Axes.Count]);

                var point = value % curve.Points.Count;
                var alone = await @case.AskAloneAsync(curve.Axis.Set(setting, curve.Axis.Values[point]), connections);

                Assert.Equal(alone.Totals(alone.Own), curve.Points[point]);
                Assert.Equal(curve.Axis.Values.Count, curve.Points.Count);
                Assert.Equal(
                    curve.NoEffect is not null,
                    curve.Points.All(each => (each.Alerts, each.ResultRows, each.Incomplete) == (
                        curve.Points[0].Alerts, curve.Points[0].ResultRows, curve.Points[0].Incomplete)));
                different += curve.Points[point] == whatIf.Totals(setting) ? 0 : 1;
                still += curve.NoEffect is null ? 0 : 1;
            },
            iter: Histories,
            threads: 1);

        Assert.InRange(different, Histories / 10, Histories);
        Assert.InRange(still, Histories / 20, Histories);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Axes_EveryValue_IsOneThatTheRuleCanBeSavedWith(string kind) => await Estate.CasesOf(kind).SampleAsync(
        async @case =>
        {
            var whatIf = await @case.AskAsync(@case.Connections());
            foreach (var axis in whatIf.Axes)
            {
                Assert.Equal(axis.Values.Distinct().Order(), axis.Values);
                Assert.Contains(axis.Of(whatIf.Own), axis.Values);
                Assert.All(axis.Values, value =>
                {
                    var setting = axis.Set(whatIf.Own, value);
                    Assert.Equal(setting, whatIf.Fit(setting));
                    Assert.Equal(value, axis.Of(new WhatIfSetting(@case.Rule.At(setting).Knobs, setting.TriggerThreshold)));
                    Assert.True(axis.TryRead(axis.Write(value), out var read));
                    Assert.Equal(value, read);
                });
            }
        },
        iter: 30,
        threads: 1);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Fit_AnySetting_IsOneThatThePassAnswersAsItsWindowsAlone(string kind)
    {
        var settings = from thresholds in Gen.OneOf(Gen.Long[-5, 100], Gen.Long[long.MinValue, long.MaxValue]).Array[4]
                       from lookbacks in Gen.OneOf(0, 4, 5, 72, 120, 10_000).Array[4]
                       from trigger in Gen.OneOf(Gen.Int[-3, 6], Gen.Int[9_000, 11_000])
                       select (thresholds, lookbacks, trigger);
        await Gen.Select(Estate.CasesOf(kind), settings).SampleAsync(
            async (@case, any) =>
            {
                var connections = @case.Connections();
                var whatIf = await @case.AskAsync(connections);
                var asked = new WhatIfSetting(
                    [.. whatIf.Own.Knobs.Select((_, knob) => new KnobValue(any.thresholds[knob], TimeSpan.FromHours(any.lookbacks[knob])))],
                    any.trigger);

                var fitted = whatIf.Fit(asked);

                Assert.Equal(fitted, whatIf.Fit(fitted));
                var alone = await @case.AskAloneAsync(fitted, connections);
                Assert.Equal(alone.Runs(alone.Own), whatIf.Runs(fitted));
            },
            iter: Histories / 3,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task NearMisses_OneStep_AreTheWindowsThatAlertAloneWithTheStep(string kind)
    {
        var misses = new Dictionary<string, int>(StringComparer.Ordinal);
        await Estate.CasesOf(kind).SampleAsync(
            async @case =>
            {
                var connections = @case.Connections();
                var whatIf = await @case.AskAsync(connections);
                var runs = whatIf.Runs(whatIf.Own);
                var expected = new List<(int Window, string Axis, string Rows)>();
                foreach (var axis in whatIf.Axes.Where(axis => !axis.IsLookback))
                {
                    var noted = new HashSet<int>();
                    foreach (var step in (long[])[axis.Step, -axis.Step])
                    {
                        var moved = axis.Set(whatIf.Own, axis.Of(whatIf.Own) + step);
                        if (moved != whatIf.Fit(moved))
                        {
                            continue;
                        }

                        var alone = await @case.AskAloneAsync(moved, connections);
                        expected.AddRange(
                            from run in alone.Runs(alone.Own)
                            where run.Alerts > 0
                                && runs[run.Window] is { Kind: RunOutcomeKind.NoAlert, IsComplete: true }
                                && noted.Add(run.Window)
                            select (run.Window, axis.Key, Keys(alone.Rows(alone.Own, run.Window))));
                    }
                }

                var found = whatIf.NearMisses(whatIf.Own);

                Assert.Equal(expected.Order(), found.Select(miss => (miss.Window, miss.Axis.Key, Keys(miss.Rows))).Order());
                Assert.All(found, miss => Assert.Equal(miss.Axis.Step, Math.Abs(miss.Distance)));
                foreach (var miss in found)
                {
                    misses[miss.Axis.Key] = misses.GetValueOrDefault(miss.Axis.Key) + 1;
                }
            },
            iter: Histories * 2,
            threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", misses.Select(axis => $"{axis.Key}: {axis.Value}")));
        Assert.Equal(
            [.. Bound.Catalog.Find(kind)!.Knobs.Select(knob => knob.Threshold.Key).Append(WhatIfAxis.TriggerKey).Order()],
            misses.Keys.Order());

        static string Keys(IReadOnlyList<SimulatedRow> rows) =>
            string.Join(' ', rows.Select(row => row.GroupKey).Order(StringComparer.Ordinal));
    }
}
