using CsCheck;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Tests.Simulation;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Pins;

/// <summary>Verdicts from a pass of every detector against the same said of each window detected alone.</summary>
public sealed class PinJudgeTests
{
    private static readonly int Histories = int.TryParse(
        Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 300;

    public static TheoryData<string> Kinds => Estate.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Judge_OverRandomHistories_IsWhatTheWindowAloneSays(string kind)
    {
        var standings = new Dictionary<(PinKind, PinStanding), int>();
        await Gen.Select(Estate.CasesOf(kind), Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[0, 8]).SampleAsync(
            async (@case, first, second, threshold) =>
            {
                var connections = @case.Connections();
                var whatIf = await @case.AskAsync(connections);
                var other = whatIf.Fit(whatIf.Own.WithThreshold(0, first).WithThreshold(1, second)) with { TriggerThreshold = threshold };
                foreach (var (position, window) in whatIf.Pass.Windows.Index())
                {
                    var alert = new PinnedWindow(
                        window.Range, [.. whatIf.Rows(whatIf.Own, position).Select(row => new PinnedRow(row.GroupKey, row.Subject))], []);
                    if (!Raises(whatIf, whatIf.Own.TriggerThreshold, alert.Rows.Count))
                    {
                        continue;
                    }

                    var found = await @case.DetectAsync(other, window.Range.EndUtc, connections);
                    var raised = Raises(whatIf, threshold, found.Count)
                        ? alert.Rows.Where(row => found.Any(finding => finding.GroupKey == row.GroupKey)).ToList()
                        : null;
                    var isComplete = whatIf.Pass.IsComplete(position, @case.Rule.At(other).Reach.Lookback);
                    var fires = raised is not null && alert.Rows.All(row => raised.Any(one => one.Subject == row.Subject));
                    var showsAny = raised is not null && (alert.Rows.Count == 0 || raised.Count > 0);
                    Hold(PinKind.MustFire, isComplete, fires);
                    Hold(PinKind.MustNotFire, isComplete, !showsAny);

                    void Hold(PinKind pin, bool isKnown, bool holds)
                    {
                        var verdict = PinJudge.Judge(pin, alert, whatIf, other);
                        Assert.Equal(
                            !isKnown ? PinStanding.CannotBeJudged : holds ? PinStanding.Holds : PinStanding.Breaks, verdict.Standing);
                        Assert.EndsWith(".", verdict.Why, StringComparison.Ordinal);
                        standings[(pin, verdict.Standing)] = standings.GetValueOrDefault((pin, verdict.Standing)) + 1;
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
        var (holds, breaks, unknown) = (
            new PinVerdict(PinStanding.Holds, "Holds."), new PinVerdict(PinStanding.Breaks, "Breaks."), PinVerdict.Unknown("Unknown."));

        Assert.Equal(breaks, PinVerdict.Over([holds, unknown, breaks]));
        Assert.Equal(unknown, PinVerdict.Over([holds, unknown]));
        Assert.Equal(holds, PinVerdict.Over([holds, holds]));
        Assert.Equal(PinStanding.CannotBeJudged, PinVerdict.Over([]).Standing);
    }

    private static bool Raises(WhatIf whatIf, int threshold, int results) =>
        AlertGrouping.Count(
            whatIf.Pass.Request.Rule.Definition.EventGrouping,
            new TriggerCondition(whatIf.Pass.Request.Rule.Definition.TriggerOperator, threshold),
            results) > 0;
}
