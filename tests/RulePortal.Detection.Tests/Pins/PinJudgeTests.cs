using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareOutboundConnection;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Tests.Simulation;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Pins;

/// <summary>Verdicts from a pass against the same said of each window detected alone.</summary>
public sealed class PinJudgeTests
{
    private static readonly int Histories = int.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 300;
    private static readonly RareOutboundConnectionDetector Detector = new();

    [Fact]
    public async Task Judge_OverRandomHistories_IsWhatTheWindowAloneSays()
    {
        var standings = new Dictionary<(PinKind, PinStanding), int>();
        await Gen.Select(Estate.Cases, Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[0, 8]).SampleAsync(
            async (@case, country, tuple, threshold) =>
            {
                var history = @case.History();
                var whatIf = new WhatIf(await SimulationPass.RunAsync(Detector, @case.Request, history, progress: null, default));
                var other = whatIf.Own.WithThreshold(0, country).WithThreshold(1, tuple) with { TriggerThreshold = threshold };
                foreach (var (place, window) in whatIf.Pass.Windows.Index())
                {
                    var alert = new PinnedWindow(window.Range, [.. whatIf.Rows(whatIf.Own, place).Select(row => new PinnedRow(row.GroupKey, row.Country))], []);
                    if (!Raises(whatIf, whatIf.Own.TriggerThreshold, alert.Rows.Count))
                    {
                        continue;
                    }

                    var found = await DetectAsync(@case, other, window.Range.EndUtc, history);
                    var raised = Raises(whatIf, threshold, found.Count) ? alert.Rows.Where(row => found.Any(finding => finding.GroupKey == row.GroupKey)).ToList() : null;
                    var isComplete = whatIf.Pass.IsComplete(place, whatIf.Pass.LookbackOf(other.Knobs));
                    var fires = raised is not null && alert.Rows.All(row => raised.Any(one => one.Country == row.Country));
                    var showsAny = raised is not null && (alert.Rows.Count == 0 || raised.Count > 0);
                    Hold(PinKind.MustFire, isComplete, fires);
                    Hold(PinKind.MustNotFire, isComplete, !showsAny);

                    void Hold(PinKind kind, bool isKnown, bool holds)
                    {
                        var verdict = PinJudge.Judge(kind, alert, whatIf, other);
                        Assert.Equal(!isKnown ? PinStanding.CannotBeJudged : holds ? PinStanding.Holds : PinStanding.Breaks, verdict.Standing);
                        Assert.EndsWith(".", verdict.Why, StringComparison.Ordinal);
                        standings[(kind, verdict.Standing)] = standings.GetValueOrDefault((kind, verdict.Standing)) + 1;
                    }
                }
            },
            iter: Histories,
            threads: 1);

        Assert.Equal(6, standings.Count);
        Assert.All(standings.Values, count => Assert.InRange(count, 10, int.MaxValue));
    }

    [Fact]
    public void Over_Windows_BreaksWhereOneDoesAndIsKnownWhereAllAre()
    {
        var (holds, breaks, unknown) = (new PinVerdict(PinStanding.Holds, "Holds."), new PinVerdict(PinStanding.Breaks, "Breaks."), PinVerdict.Unknown("Unknown."));

        Assert.Equal(breaks, PinVerdict.Over([holds, unknown, breaks]));
        Assert.Equal(unknown, PinVerdict.Over([holds, unknown]));
        Assert.Equal(holds, PinVerdict.Over([holds, holds]));
        Assert.Equal(PinStanding.CannotBeJudged, PinVerdict.Over([]).Standing);
    }

    private static bool Raises(WhatIf whatIf, int threshold, int results) =>
        AlertGrouping.Count(whatIf.Pass.Request.Rule.EventGrouping, new TriggerCondition(whatIf.Pass.Request.Rule.TriggerOperator, threshold), results) > 0;

    private static Task<IReadOnlyList<Finding>> DetectAsync(Estate.Case @case, WhatIfSetting setting, DateTime endUtc, InMemoryConnectionHistory history)
    {
        var rule = @case.Request.Rule;
        Assert.True(RareOutboundConnectionSettings.TryParse(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod, out var settings, out _));
        var json = (settings with { CountryThreshold = setting.Knobs[0].Threshold, TupleThreshold = setting.Knobs[1].Threshold }).ToJson();
        return Detector.DetectAsync(new DetectionContext(endUtc, json, rule.QueryFrequency, rule.QueryPeriod), history, default);
    }
}
