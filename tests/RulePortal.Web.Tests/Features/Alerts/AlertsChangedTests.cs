using Microsoft.Extensions.Time.Testing;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Tests.Features.Alerts;

public sealed class AlertsChangedTests
{
    private readonly FakeTimeProvider clock = new();
    private int told;

    [Fact]
    public void Notify_ManyTimes_TellsOnceASecondLater()
    {
        using var changes = new AlertsChanged(clock);
        changes.Changed += (_, _) => told++;

        changes.Notify();
        clock.Advance(TimeSpan.FromMilliseconds(900));
        changes.Notify();
        Assert.Equal(0, told);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, told);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, told);
        changes.Notify();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, told);
    }

    [Fact]
    public void WithoutNotify_TellsEveryHalfMinute()
    {
        using var changes = new AlertsChanged(clock);
        changes.Changed += (_, _) => told++;

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, told);
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(3, told);
    }
}
