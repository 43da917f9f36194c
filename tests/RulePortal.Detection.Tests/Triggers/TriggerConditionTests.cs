using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Triggers;

public sealed class TriggerConditionTests
{
    [Theory]
    [InlineData(TriggerOperator.GreaterThan, new[] { 6 }, "more than 5")]
    [InlineData(TriggerOperator.LessThan, new[] { 4 }, "fewer than 5")]
    [InlineData(TriggerOperator.Equal, new[] { 5 }, "exactly 5")]
    [InlineData(TriggerOperator.NotEqual, new[] { 4, 6 }, "any number but 5")]
    public void Fires_AroundTheThreshold_AsTheOperatorSays(TriggerOperator @operator, int[] fires, string words)
    {
        var trigger = new TriggerCondition(@operator, 5);

        Assert.Equal(fires, Enumerable.Range(4, 3).Where(count => trigger.Fires(count)));
        Assert.Equal(words, trigger.ToString());
    }

    [Fact]
    public void Fires_UnknownOperator_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new TriggerCondition((TriggerOperator)9, 5).Fires(1));
}
