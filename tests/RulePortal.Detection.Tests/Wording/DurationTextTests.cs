using CsCheck;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Tests.Wording;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("30d", "P30D")]
    [InlineData(" 1h 30m ", "PT1H30M")]
    [InlineData("1h30m", "PT1H30M")]
    [InlineData("90m", "PT1H30M")]
    [InlineData("90 min", "PT1H30M")]
    [InlineData("70M", "PT1H10M")]
    [InlineData("2 weeks", "P14D")]
    [InlineData("1 day, 6 hours", "P1DT6H")]
    [InlineData("45s", "PT45S")]
    [InlineData("0h", "PT0S")]
    [InlineData("P30D", "P30D")]
    [InlineData("pt1h", "PT1H")]
    [InlineData("P1W", "P7D")]
    [InlineData("PT36H", "P1DT12H")]
    [InlineData("PT0.0000001S", "PT0.0000001S")]
    [InlineData("1.06:00:00", "P1DT6H")]
    [InlineData("01:30:00", "PT1H30M")]
    public void TryParse_WhatPeopleType_IsReadAndNormalised(string text, string iso)
    {
        Assert.True(DurationText.TryParse(text, out var duration, out var error));
        Assert.Null(error);
        Assert.Equal(iso, DurationText.ToIso(duration));
    }

    [Theory]
    [InlineData(null, "Write a duration")]
    [InlineData("  ", "Write a duration")]
    [InlineData("24", "Say the unit: 24m, 24h or 24d.")]
    [InlineData("1h 2h", "The unit 'h' is said twice.")]
    [InlineData("60m 5min", "The unit 'min' is said twice.")]
    [InlineData("3 parsecs", "'parsecs' is no unit of time")]
    [InlineData("1mo", "A month or a year has no fixed length")]
    [InlineData("2 years", "A month or a year has no fixed length")]
    [InlineData("P1M", "A month or a year has no fixed length")]
    [InlineData("P1Y", "A month or a year has no fixed length")]
    [InlineData("P1Y2M3DT4H", "A month or a year has no fixed length")]
    [InlineData("P", "This is no duration")]
    [InlineData("PT", "This is no duration")]
    [InlineData("P1DT", "This is no duration")]
    [InlineData("P1H", "This is no duration")]
    [InlineData("-1h", "This is no duration")]
    [InlineData("-P1D", "This is no duration")]
    [InlineData("1.5h", "This is no duration")]
    [InlineData("25:00:00", "This is no duration")]
    [InlineData("\u0661h", "This is no duration")]
    [InlineData("1h\0", "This is no duration")]
    [InlineData("9999999999w", "The duration is too long.")]
    [InlineData("P9999999999D", "The duration is too long.")]
    [InlineData("99999999999999999999d", "This is no duration")]
    public void TryParse_Fault_SaysWhatWouldBeRight(string? text, string error)
    {
        Assert.False(DurationText.TryParse(text, out var duration, out var said));
        Assert.Equal(default, duration);
        Assert.StartsWith(error, said, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_EndlessText_IsRefusedAtOnce() => Assert.False(DurationText.TryParse(new string('1', 5_000_000), out _, out _));

    [Theory]
    [InlineData("P30D", 43_200)]
    [InlineData("PT1H30M", 90)]
    [InlineData("P1DT1M", 1_441)]
    [InlineData("P2W", 20_160)]
    [InlineData("P1W1D", 11_520)]
    public void TryParseIso_Iso_IsRead(string text, int minutes)
    {
        Assert.True(DurationText.TryParseIso(text, out var duration, out _));
        Assert.Equal(TimeSpan.FromMinutes(minutes), duration);
    }

    [Theory]
    [InlineData("30d", "'30d' is not an ISO 8601 duration; write P30D.")]
    [InlineData("70m", "'70m' is not an ISO 8601 duration; write PT1H10M.")]
    [InlineData("p1d", "'p1d' is not an ISO 8601 duration; write P1D.")]
    [InlineData("P1M", "A month or a year has no fixed length")]
    [InlineData("P9999999999D", "The duration is too long.")]
    [InlineData("soon", "This is not an ISO 8601 duration")]
    [InlineData("", "This is not an ISO 8601 duration")]
    [InlineData(null, "This is not an ISO 8601 duration")]
    [InlineData("P1D\n", "'P1D' is not an ISO 8601 duration; write P1D.")]
    public void TryParseIso_Fault_SaysWhatWouldBeRight(string? text, string error)
    {
        Assert.False(DurationText.TryParseIso(text, out var duration, out var said));
        Assert.Equal(default, duration);
        Assert.StartsWith(error, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P30D", "30 d")]
    [InlineData("PT90M", "1 h 30 min")]
    [InlineData("PT5M", "5 min")]
    [InlineData("P1DT1S", "1 d 1 s")]
    [InlineData("PT0S", "0 s")]
    [InlineData("PT1.5S", "1.5 s")]
    [InlineData("PT0.0000001S", "0.0000001 s")]
    public void ForPeople_Duration_ReadsAsPeopleWriteIt(string iso, string shown)
    {
        Assert.True(DurationText.TryParseIso(iso, out var duration, out _));
        Assert.Equal(shown, DurationText.ForPeople(duration));
    }

    [Fact]
    public void ForPeople_Negative_HasASign()
    {
        Assert.Equal("-1 h", DurationText.ForPeople(TimeSpan.FromHours(-1)));
        Assert.StartsWith("-10675199 d", DurationText.ForPeople(TimeSpan.MinValue), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfAnyDuration_ComesBack() =>
        Gen.OneOf<long>(Gen.Long[0, long.MaxValue], Gen.Long[0, 100_000].Select(seconds => seconds * TimeSpan.TicksPerSecond))
            .Sample(ticks =>
    {
        var duration = new TimeSpan(ticks);
        var wholeSeconds = ticks % TimeSpan.TicksPerSecond == 0;
        return DurationText.TryParseIso(DurationText.ToIso(duration), out var iso, out _) && iso == duration
            && DurationText.TryParse(DurationText.ToIso(duration), out var typed, out _) && typed == duration
            && (!wholeSeconds || (DurationText.TryParse(DurationText.ForPeople(duration), out var people, out _) && people == duration));
    });
}
