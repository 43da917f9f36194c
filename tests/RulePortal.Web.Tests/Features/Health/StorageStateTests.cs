using RulePortal.Data.Health;
using RulePortal.Web.Features.Health;

namespace RulePortal.Web.Tests.Features.Health;

public sealed class StorageStateTests
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Forecast_RetentionFarAndDiskSmall_IsFullBefore()
    {
        // 10 days of 1,000 bytes each.
        var state = new StorageState(10_000, 20_000, new StoreGrowth(100, 10, Noon.AddDays(-10)), 75, Noon);

        Assert.Equal(1_000, state.BytesPerDay);
        Assert.Equal(65, state.DaysUntilSteady);
        Assert.Equal(75_000, state.SteadyBytes);
        Assert.Equal(20, state.DaysUntilFull);
    }

    [Theory]
    [InlineData(70_000L)]
    [InlineData(null)]
    public void Forecast_RetentionHoldsItBefore_IsNeverFull(long? free) =>
        Assert.Null(new StorageState(10_000, free, new StoreGrowth(100, 10, Noon.AddDays(-10)), 75, Noon).DaysUntilFull);

    [Fact]
    public void Forecast_OlderThanRetention_IsSteady()
    {
        var state = new StorageState(80_000, 100, new StoreGrowth(800, 10, Noon.AddDays(-80)), 75, Noon);

        Assert.Equal(0, state.DaysUntilSteady);
        Assert.Null(state.DaysUntilFull);
    }

    [Fact]
    public void Forecast_Empty_IsNone()
    {
        var state = new StorageState(10_000, 100, new StoreGrowth(0, 0, null), 75, Noon);

        Assert.Equal(0, state.BytesPerDay);
        Assert.Null(state.DaysUntilFull);
    }
}
