using RulePortal.Web.Features.Health;
using RulePortal.Web.Features.Health.Circuits;

namespace RulePortal.Web.Tests.Features.Health;

public sealed class HealthTextTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1023, "1,023 bytes")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(512L << 20, "512 MB")]
    [InlineData(5L << 40, "5 TB")]
    [InlineData(5000L << 40, "5,000 TB")]
    public void Bytes_AnySize_IsInTheUnitThatFits(long bytes, string expected) => Assert.Equal(expected, HealthText.Bytes(bytes));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3600, "1 h 0 min")]
    [InlineData(86400 * 3, "3 days")]
    public void Span_AnyLength_IsInItsLargestUnits(int seconds, string expected) => Assert.Equal(expected, HealthText.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(3.4, "3 ms")]
    [InlineData(1250, "1.25 s")]
    [InlineData(125_000, "2 min 5 s")]
    public void Took_AnyTime_IsToThreeFigures(double milliseconds, string expected) => Assert.Equal(expected, HealthText.Took(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public async Task Circuits_LostAndClosedInAnyOrder_AreCountedOnce()
    {
        var count = new CircuitCount();
        var one = new CircuitCounter(count);
        var two = new CircuitCounter(count);
        foreach (var circuit in (CircuitCounter[])[one, two])
        {
            await circuit.OnCircuitOpenedAsync(null!, CancellationToken.None);
            await circuit.OnConnectionUpAsync(null!, CancellationToken.None);
        }

        await one.OnConnectionDownAsync(null!, CancellationToken.None);
        Assert.Equal((2, 1, 1), (count.Open, count.Connected, count.Waiting));

        await one.OnCircuitClosedAsync(null!, CancellationToken.None);
        await two.OnCircuitClosedAsync(null!, CancellationToken.None);
        await two.OnConnectionDownAsync(null!, CancellationToken.None);
        Assert.Equal((0, 0, 0), (count.Open, count.Connected, count.Waiting));
    }
}
