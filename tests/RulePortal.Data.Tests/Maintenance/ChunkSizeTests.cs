using RulePortal.Data.Maintenance.Retention;

namespace RulePortal.Data.Tests.Maintenance;

public sealed class ChunkSizeTests
{
    [Theory]
    [InlineData(160, 1_000)]
    [InlineData(80, 1_500)]
    [InlineData(0, 1_500)]
    [InlineData(320, 500)]
    [InlineData(60_000, 100)]
    public void Took_ATime_AimsAtASixthOfASecond(int milliseconds, int expected)
    {
        var size = new ChunkSize(1_000, 50_000);

        size.Took(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(expected, size.Rows);
    }

    [Fact]
    public void Took_AnyTimes_StaysWithinBounds()
    {
        var size = new ChunkSize(10, 1_000);
        for (var step = 0; step < 50; step++)
        {
            size.Took(TimeSpan.Zero);
        }

        Assert.Equal(1_000, size.Rows);
        for (var step = 0; step < 50; step++)
        {
            size.Took(TimeSpan.FromHours(1));
        }

        Assert.Equal(1, size.Rows);
        size.Took(TimeSpan.Zero);
        Assert.Equal(2, size.Rows);
    }
}
