using System.Globalization;
using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Scheduling;

namespace RulePortal.Detection.Tests.Scheduling;

public sealed class WindowPlanTests
{
    [Fact]
    public void DueAt_EnabledAtTenTwenty_FirstWindowStartsThenAndEndsAtEleven()
    {
        var plan = Hourly("10:20");

        Assert.Empty(plan.DueAt(At("11:04:59.9999999")));
        Assert.Equal([Window("10:20", "11:00")], plan.DueAt(At("11:05")));
        Assert.Equal((At("10:20"), At("11:00"), At("11:05")), (plan.Next.StartUtc, plan.Next.EndUtc, plan.NextDueUtc));
    }

    [Fact]
    public void DueAt_EnabledOnAnEnd_FirstWindowIsAWholeOne() =>
        Assert.Equal([Window("11:00", "12:00")], Hourly("11:00").DueAt(At("12:05")));

    [Fact]
    public void DueAt_LedgerHasWindows_GoesOnWhereTheLastEnded() =>
        Assert.Equal(
            [Window("12:00", "13:00"), Window("13:00", "14:00")], (Hourly("10:20") with { LastEndUtc = At("12:00") }).DueAt(At("14:30")));

    [Fact]
    public void DueAt_DisabledMeanwhile_TimeSpentDisabledMakesNoWindow() =>
        Assert.Equal([Window("15:30", "16:00")], (Hourly("15:30") with { LastEndUtc = At("12:00") }).DueAt(At("16:10")));

    [Fact]
    public void DueAt_EnabledAgainBeforeTheLastEnd_DoesNotRepeatTime() =>
        Assert.Equal([Window("12:00", "13:00")], (Hourly("11:50") with { LastEndUtc = At("12:00") }).DueAt(At("13:10")));

    [Theory]
    [InlineData(420, "13:00", "14:00")]
    [InlineData(90, "13:00", "13:30")]
    [InlineData(5, "13:00", "13:05")]
    [InlineData(60, "12:55", "13:00")]
    public void Next_AfterAChangeOfFrequency_StartsWhereTheLastEndedAndEndsOnTheNewMultiples(int minutes, string lastEnd, string end)
    {
        var plan = Hourly("00:00") with { Schedule = new QuerySchedule(TimeSpan.FromMinutes(minutes)), LastEndUtc = At(lastEnd) };

        Assert.Equal(new TimeRange(At(lastEnd), At(end)), plan.Next);
    }

    [Fact]
    public void DueAt_ClockSetBack_GivesNothingAgain() =>
        Assert.Empty((Hourly("10:20") with { LastEndUtc = At("14:00") }).DueAt(At("09:00")));

    [Fact]
    public void DueAt_LongDowntime_SkipsWhatIsBeyondTheLimitAndNoMore()
    {
        var now = At("14:05");

        var windows = (Hourly("00:00") with { EvaluateFromUtc = now.AddDays(-10) }).DueAt(now).ToList();

        Assert.Equal(240, windows.Count);
        Assert.All(windows, window => Assert.Equal(now - window.Range.EndUtc > TimeSpan.FromDays(7), window.IsSkipped));
        Assert.Equal(168, windows.Count(window => !window.IsSkipped));
        Assert.True((Hourly("00:00") with { EvaluateFromUtc = now.AddDays(-10), IngestionDelay = TimeSpan.Zero })
            .DueAt(At("14:00")).Single(window => window.Range.EndUtc == At("14:00").AddDays(-7)) is { IsSkipped: false });
    }

    [Fact]
    public void DueAt_AYearOffEveryFiveMinutes_IsReadLazily()
    {
        var now = At("14:05");
        var plan = Hourly("00:00") with { Schedule = new QuerySchedule(TimeSpan.FromMinutes(5)), EvaluateFromUtc = now.AddDays(-365) };

        Assert.Equal(
            new PlannedWindow(new TimeRange(now.AddDays(-365), now.AddDays(-365).AddMinutes(5)), IsSkipped: true), plan.DueAt(now).First());
        Assert.Equal(105_119, plan.DueAt(now).Count());
    }

    [Fact]
    public void DueAt_HoweverTheClockAndTheScheduleMove_WindowsAreContiguousAndEachEndComesOnce()
    {
        // A step: minutes the clock moves (back, too), and the frequency in force from then on.
        var steps = Gen.Select(
            Gen.Frequency<int>((5, Gen.Int[0, 600]), (1, Gen.Int[-300, -1]), (1, Gen.Int[600, 20_000])),
            Gen.OneOf(5, 7, 60, 60, 60, 90, 420, 1440)).List[1, 40];
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 20], steps).Sample((from, delay, moves) =>
        {
            var enabled = QuerySchedule.Epoch.AddMinutes(from);
            var (now, ledger) = (enabled, new List<(PlannedWindow Window, QuerySchedule Schedule)>());
            foreach (var (minutes, frequency) in moves)
            {
                now = now.AddMinutes(minutes);
                var plan = new WindowPlan
                {
                    Schedule = new QuerySchedule(TimeSpan.FromMinutes(frequency)),
                    EvaluateFromUtc = enabled,
                    LastEndUtc = ledger.Count > 0 ? ledger[^1].Window.Range.EndUtc : null,
                    IngestionDelay = TimeSpan.FromMinutes(delay),
                };
                var due = plan.DueAt(now).ToList();
                ledger.AddRange(due.Select(window => (window, plan.Schedule)));

                Assert.All(due, window => Assert.Equal(window.IsSkipped, window.Range.EndUtc.AddDays(7) < now));
                Assert.All(due, window => Assert.True(window.Range.EndUtc.AddMinutes(delay) <= now));
                // Nothing that is due is left out.
                var last = due.Count > 0 ? due[^1].Range.EndUtc : plan.Next.StartUtc;
                Assert.True(plan.Schedule.FirstEndAfter(last).AddMinutes(delay) > now);
            }

            Assert.All(ledger, entry => Assert.Equal(entry.Window.Range.EndUtc, entry.Schedule.LastEndAt(entry.Window.Range.EndUtc)));
            Assert.All(ledger, entry => Assert.InRange(entry.Window.Range.Length, TimeSpan.FromTicks(1), entry.Schedule.Frequency));
            Assert.All(ledger.Zip(ledger.Skip(1)), pair => Assert.Equal(pair.First.Window.Range.EndUtc, pair.Second.Window.Range.StartUtc));
            Assert.True(ledger.Count == 0 || ledger[0].Window.Range.StartUtc == enabled);
        });
    }

    private static WindowPlan Hourly(string evaluateFrom) =>
        new() { Schedule = new QuerySchedule(TimeSpan.FromHours(1)), EvaluateFromUtc = At(evaluateFrom) };

    private static PlannedWindow Window(string start, string end) => new(new TimeRange(At(start), At(end)), IsSkipped: false);

    // On 2026-01-31, 7 hours since 2000-01-01 end at 00:00, 07:00, 14:00 and 21:00.
    private static DateTime At(string time) =>
        DateTime.Parse($"2026-01-31T{time}Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
