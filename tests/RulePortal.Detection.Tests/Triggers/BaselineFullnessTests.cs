using RulePortal.Detection.Connections;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Triggers;

public sealed class BaselineFullnessTests
{
    private static readonly DateTime Noon = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task MeasureAsync_RowsOnSomeDays_CountsDaysBackFromTheEnd()
    {
        var history = new InMemoryConnections(
            new[] { 0.0, 0.5, 0.6, 1.0, 2.5, 6.9, 7.1 }.Select(days => new VmConnection { TimeGenerated = Noon.AddDays(-days) }));

        var fullness = await BaselineFullness.MeasureAsync(history, new TimeRange(Noon.AddDays(-7), Noon), default);

        Assert.Equal(new BaselineFullness(DaysPresent: 3, DaysLookedBack: 7), fullness);
    }

    [Fact]
    public async Task MeasureAsync_BaselineEndsWithinADay_ThePartIsADayOfItsOwn()
    {
        var baseline = new TimeRange(Noon.AddDays(-30), Noon.AddHours(-1));
        var inThePart = new InMemoryConnections([new VmConnection { TimeGenerated = baseline.StartUtc }]);
        var before = new InMemoryConnections([new VmConnection { TimeGenerated = baseline.StartUtc.AddTicks(-1) }]);

        Assert.Equal(new BaselineFullness(1, 30), await BaselineFullness.MeasureAsync(inThePart, baseline, default));
        Assert.Equal(new BaselineFullness(0, 30), await BaselineFullness.MeasureAsync(before, baseline, default));
    }

    [Theory]
    [InlineData(6, 30, 7, true)]
    [InlineData(7, 30, 7, false)]
    [InlineData(0, 30, 0, false)]
    [InlineData(2, 3, 7, true)]
    [InlineData(3, 3, 7, false)]
    [InlineData(1, 30, 1.5, true)]
    [InlineData(2, 30, 1.5, false)]
    public void IsLearning_DaysPresent_UntilTheLearningPeriodOrTheWholeBaseline(
        int present, int lookedBack, double learningDays, bool learning) =>
        Assert.Equal(learning, new BaselineFullness(present, lookedBack).IsLearning(TimeSpan.FromDays(learningDays)));
}
