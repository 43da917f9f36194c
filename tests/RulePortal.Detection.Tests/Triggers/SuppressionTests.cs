using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Triggers;

public sealed class SuppressionTests
{
    private static readonly DateTime Eleven = new(2026, 1, 31, 11, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(5, new[] { 1, 2, 3, 4, 5 })]
    [InlineData(1, new[] { 1 })]
    public void Covers_HourlyWindows_AreSilentForExactlyTheDuration(int hours, int[] silent)
    {
        var suppression = new Suppression(Eleven, TimeSpan.FromHours(hours));

        Assert.Equal(silent, Enumerable.Range(-3, 12).Where(hour => suppression.Covers(Eleven.AddHours(hour))));
        Assert.Equal(Eleven.AddHours(hours), suppression.UntilUtc);
    }
}
