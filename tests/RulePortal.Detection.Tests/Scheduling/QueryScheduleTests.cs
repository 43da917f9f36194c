using CsCheck;
using RulePortal.Detection.Scheduling;

namespace RulePortal.Detection.Tests.Scheduling;

public sealed class QueryScheduleTests
{
    [Theory]
    [InlineData("2026-01-31T10:20:00Z", 60, "2026-01-31T10:00:00Z")]
    [InlineData("2026-01-31T10:00:00Z", 60, "2026-01-31T10:00:00Z")]
    [InlineData("2026-01-31T10:20:00Z", 5, "2026-01-31T10:20:00Z")]
    [InlineData("2000-01-01T06:59:00Z", 420, "2000-01-01T00:00:00Z")]
    [InlineData("2000-01-01T07:00:00Z", 420, "2000-01-01T07:00:00Z")]
    [InlineData("1999-12-31T23:59:00Z", 420, "1999-12-31T17:00:00Z")]
    [InlineData("1999-12-31T17:00:00Z", 420, "1999-12-31T17:00:00Z")]
    public void LastEndAt_Instant_IsAMultipleSince2000(string instant, int minutes, string end) =>
        Assert.Equal(Utc(end), new QuerySchedule(TimeSpan.FromMinutes(minutes)).LastEndAt(Utc(instant)));

    [Fact]
    public void FirstEndAfter_AnEnd_IsTheNext() =>
        Assert.Equal(Utc("2026-01-31T11:00:00Z"), new QuerySchedule(TimeSpan.FromHours(1)).FirstEndAfter(Utc("2026-01-31T10:00:00Z")));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_FrequencyNotPositive_Throws(int ticks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuerySchedule(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Ends_AroundAnyInstant_EncloseItAtMultiples() =>
        Gen.Select(Gen.Long[TimeSpan.TicksPerDay * 400_000L, TimeSpan.TicksPerDay * 900_000L], Gen.Long[1, TimeSpan.TicksPerDay * 14])
            .Sample((ticks, frequency) =>
        {
            var instant = new DateTime(ticks, DateTimeKind.Utc);
            var schedule = new QuerySchedule(TimeSpan.FromTicks(frequency));
            var (last, next) = (schedule.LastEndAt(instant), schedule.FirstEndAfter(instant));
            return last <= instant
                && next > instant
                && (next - last).Ticks == frequency
                && (last - QuerySchedule.Epoch).Ticks % frequency == 0
                && next.Kind == DateTimeKind.Utc;
        });

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
}
