using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Triggers;

public sealed class AlertGroupingTests
{
    private static readonly TriggerCondition Always = new(TriggerOperator.GreaterThan, 0);

    [Fact]
    public void Split_TriggerDoesNotHold_MakesNoGroup()
    {
        var findings = Findings.Some(5);

        Assert.Empty(AlertGrouping.Split(EventGrouping.SingleAlert, new(TriggerOperator.GreaterThan, 5), findings));
        Assert.Empty(AlertGrouping.Split(EventGrouping.AlertPerResult, new(TriggerOperator.GreaterThan, 5), findings));
    }

    [Fact]
    public void Split_SingleAlert_IsOneGroupOfAllRowsUnderAConstantKey()
    {
        var group = Assert.Single(AlertGrouping.Split(EventGrouping.SingleAlert, Always, Findings.Some(1_000)));

        Assert.Equal(("all", 1_000), (group.GroupKey, group.Findings.Count));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(149, 149, 1)]
    [InlineData(150, 150, 1)]
    [InlineData(151, 150, 2)]
    [InlineData(1_000, 150, 851)]
    public void Split_AlertPerResult_IsAGroupARowAndTheLastHasTheRest(int rows, int groups, int inTheLast)
    {
        var findings = Findings.Some(rows);

        var split = AlertGrouping.Split(EventGrouping.AlertPerResult, Always, findings);

        Assert.Equal(groups, split.Count);
        Assert.Equal(findings, split.SelectMany(group => group.Findings));
        Assert.All(split.SkipLast(1), group => Assert.Equal(Assert.Single(group.Findings).GroupKey, group.GroupKey));
        Assert.Equal(inTheLast, split[^1].Findings.Count);
        Assert.Equal(inTheLast > 1 ? "rest" : findings[^1].GroupKey, split[^1].GroupKey);
    }

    [Theory]
    [InlineData(TriggerOperator.LessThan, 1)]
    [InlineData(TriggerOperator.Equal, 0)]
    [InlineData(TriggerOperator.NotEqual, 3)]
    public void Split_TriggerHoldsOnNoRows_IsOneGroupWithoutEvidenceOrNone(TriggerOperator @operator, int threshold)
    {
        var trigger = new TriggerCondition(@operator, threshold);

        Assert.Empty(Assert.Single(AlertGrouping.Split(EventGrouping.SingleAlert, trigger, [])).Findings);
        Assert.Empty(AlertGrouping.Split(EventGrouping.AlertPerResult, trigger, []));
    }
}
