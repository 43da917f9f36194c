using RulePortal.Detection.Connections;
using RulePortal.Detection.Scheduling;

namespace RulePortal.Detection.Tests.Scheduling;

public sealed class BackfillPlanTests
{
    private static readonly DateTime Day = new(2026, 3, 10, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("08:00", "11:00", "23:00", "09:00 10:00 11:00")]
    [InlineData("08:20", "10:10", "23:00", "09:00 10:00 11:00")]
    [InlineData("08:59", "09:00", "23:00", "09:00")]
    [InlineData("09:00", "09:01", "23:00", "10:00")]
    [InlineData("08:00", "11:00", "10:30", "09:00 10:00")]
    [InlineData("08:00", "08:30", "08:59", "")]
    [InlineData("11:00", "09:00", "23:00", "")]
    public void Windows_Hourly_AreThoseThatShareTimeWithTheSpanAndHaveEnded(string from, string to, string latest, string ends)
    {
        var plan = new BackfillPlan(new QuerySchedule(TimeSpan.FromHours(1)), new TimeRange(At(from), At(to)), At(latest));

        Assert.Equal(ends, string.Join(' ', plan.Windows().Select(window => $"{window.EndUtc:HH\\:mm}")));
        Assert.All(plan.Windows(), window => Assert.Equal(TimeSpan.FromHours(1), window.Length));
    }

    private static DateTime At(string time) => Day + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
