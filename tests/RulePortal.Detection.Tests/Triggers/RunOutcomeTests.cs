using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Triggers;

public sealed class RunOutcomeTests
{
    private static readonly DateTime Eleven = new(2026, 1, 31, 11, 0, 0, DateTimeKind.Utc);
    private static readonly TimeRange Window = new(Eleven.AddHours(-1), Eleven);
    private static readonly BaselineFullness Full = new(30, 30);
    private static readonly RuleDefinition Rule = Bound.Shipped;

    [Theory]
    [InlineData(TriggerOperator.GreaterThan, 5, 3, RunOutcomeKind.NoAlert, "3 result rows did not reach the threshold of more than 5")]
    [InlineData(TriggerOperator.GreaterThan, 5, 5, RunOutcomeKind.NoAlert, "5 result rows did not reach the threshold of more than 5")]
    [InlineData(
        TriggerOperator.GreaterThan, 5, 14, RunOutcomeKind.Alerted, "14 result rows exceeded the threshold of more than 5: 1 alert")]
    [InlineData(TriggerOperator.GreaterThan, 0, 1, RunOutcomeKind.Alerted, "1 result row exceeded the threshold of more than 0: 1 alert")]
    [InlineData(
        TriggerOperator.LessThan, 5, 0, RunOutcomeKind.Alerted, "0 result rows stayed under the threshold of fewer than 5: 1 alert")]
    [InlineData(TriggerOperator.LessThan, 5, 5, RunOutcomeKind.NoAlert, "5 result rows did not stay under the threshold of fewer than 5")]
    [InlineData(TriggerOperator.Equal, 2, 2, RunOutcomeKind.Alerted, "2 result rows met the threshold of exactly 2: 1 alert")]
    [InlineData(TriggerOperator.Equal, 2, 1, RunOutcomeKind.NoAlert, "1 result row did not meet the threshold of exactly 2")]
    [InlineData(
        TriggerOperator.NotEqual, 2, 1_234, RunOutcomeKind.Alerted, "1,234 result rows met the threshold of any number but 2: 1 alert")]
    [InlineData(TriggerOperator.NotEqual, 2, 2, RunOutcomeKind.NoAlert, "2 result rows did not meet the threshold of any number but 2")]
    public void Judge_OneAlertForAll_SaysWhatTheRowsCameTo(
        TriggerOperator @operator, int threshold, int rows, RunOutcomeKind kind, string sentence)
    {
        var outcome = Judge(Rule with { TriggerOperator = @operator, TriggerThreshold = threshold }, rows);

        Assert.Equal((kind, sentence), (outcome.Kind, outcome.Sentence));
        Assert.Equal(kind == RunOutcomeKind.Alerted ? 1 : 0, outcome.Groups.Count);
    }

    [Theory]
    [InlineData(RunOutcomeKind.Alerted, 1_001, 1_000, true)]
    [InlineData(RunOutcomeKind.Alerted, 1_000, 1_000, false)]
    [InlineData(RunOutcomeKind.Alerted, 1_000_000, null, false)]
    [InlineData(RunOutcomeKind.Learning, 1_001, 1_000, false)]
    [InlineData(RunOutcomeKind.NoAlert, 1_001, 1_000, false)]
    [InlineData(RunOutcomeKind.Suppressed, 1_001, 1_000, false)]
    public void IsHeld_OnlyWhatWouldAlertWithMoreRows(RunOutcomeKind kind, int rows, int? most, bool held) =>
        Assert.Equal(held, RunOutcome.IsHeld(Rule with { HoldAbove = most }, kind, rows));

    [Theory]
    [InlineData(14, 14, "14 result rows exceeded the threshold of more than 5: 14 alerts")]
    [InlineData(150, 150, "150 result rows exceeded the threshold of more than 5: 150 alerts")]
    [InlineData(1_000, 150, "1,000 result rows exceeded the threshold of more than 5: 150 alerts, the last for 851 rows")]
    public void Judge_OneAlertARow_CountsThem(int rows, int alerts, string sentence)
    {
        var outcome = Judge(Rule with { EventGrouping = EventGrouping.AlertPerResult }, rows);

        Assert.Equal((RunOutcomeKind.Alerted, alerts, sentence), (outcome.Kind, outcome.Groups.Count, outcome.Sentence));
    }

    [Fact]
    public void Judge_NoRowsFireWithOneAlertARow_RaisesNothingAndSaysWhy()
    {
        var outcome = Judge(
            Rule with { EventGrouping = EventGrouping.AlertPerResult, TriggerOperator = TriggerOperator.Equal, TriggerThreshold = 0 }, 0);

        Assert.Equal(
            (RunOutcomeKind.NoAlert, "0 result rows met the threshold of exactly 0: no alert, as there is one alert a result row"),
            (outcome.Kind, outcome.Sentence));
    }

    [Fact]
    public void Judge_SourceSilent_IsNoData()
    {
        var outcome = RunOutcome.Judge(Rule, Window, [], windowHasRows: false, new BaselineFullness(0, 30));

        Assert.Equal(RunOutcomeKind.NoData, outcome.Kind);
        Assert.Empty(outcome.Groups);
        Assert.Equal(
            "No rows arrived for this window (2026-01-31 10:00 UTC to 2026-01-31 11:00 UTC): the source is silent, which is not the "
            + "same as nothing found",
            outcome.Sentence);
    }

    [Fact]
    public void Judge_SourceSilentAndTriggerAsksForSilence_Alerts()
    {
        var outcome = RunOutcome.Judge(
            Rule with { TriggerOperator = TriggerOperator.LessThan, TriggerThreshold = 1 }, Window, [], windowHasRows: false, Full);

        Assert.Equal(RunOutcomeKind.Alerted, outcome.Kind);
        Assert.Empty(Assert.Single(outcome.Groups).Findings);
    }

    [Fact]
    public void Judge_BaselineThin_RecordsButRaisesNothing()
    {
        var outcome = RunOutcome.Judge(Rule, Window, Findings.Some(14), windowHasRows: true, new BaselineFullness(3, 30));

        Assert.Equal(RunOutcomeKind.Learning, outcome.Kind);
        Assert.Empty(outcome.Groups);
        Assert.Equal(
            "Learning: the baseline has 3 of 7 days, so no alert was raised; 14 result rows exceeded the threshold of more than 5",
            outcome.Sentence);
    }

    [Fact]
    public void Suppressed_Window_SaysUntilWhenAndWhy()
    {
        var outcome = RunOutcome.Suppressed(new Suppression(Eleven, TimeSpan.FromHours(5)));

        Assert.Equal(RunOutcomeKind.Suppressed, outcome.Kind);
        Assert.Empty(outcome.Groups);
        Assert.Equal(
            "Suppressed until 2026-01-31 16:00 UTC, 5 h after the alert of the window that ended 2026-01-31 11:00 UTC", outcome.Sentence);
    }

    [Fact]
    public void Skipped_Window_SaysTheLimit() =>
        Assert.Equal("Skipped: the window ended more than 7 d before it could be evaluated", RunSentence.Skipped(TimeSpan.FromDays(7)));

    private static RunOutcome Judge(RuleDefinition rule, int rows) =>
        RunOutcome.Judge(rule, Window, Findings.Some(rows), windowHasRows: true, Full);
}
