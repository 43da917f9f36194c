using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Tests.Connections;

namespace RulePortal.Web.Tests.Faults;

/// <summary>Whatever the clock does, no hour is missed and none is evaluated twice.</summary>
[Trait("Speed", "Slow")]
public sealed class ClockTests
{
    private static readonly DateTime Start = new(2026, 3, 10, 10, 20, 0, DateTimeKind.Utc);

    public static TheoryData<int> Seeds => FaultSeeds.All;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Clock_SteppingAnHourBackAndForward_NoWindowIsMissingOrDoubled(int seed)
    {
        var random = new Random(seed);
        var clock = new SteppingClock(Start);
        await using var portal = await FaultPortal.CreateAsync(clock);
        var rules = portal.Get<RuleStore>();
        for (var step = 0; step < 40; step++)
        {
            clock.Step(random.Next(6) switch
            {
                0 => TimeSpan.FromHours(-1),
                1 => TimeSpan.FromHours(1),
                _ => TimeSpan.FromMinutes(random.Next(1, 90)),
            });
            if (random.Next(8) == 0)
            {
                await rules.SetEnabledAsync(FaultPortal.RuleId, enabled: false, Actor.System, CancellationToken.None);
                clock.Step(TimeSpan.FromMinutes(random.Next(-60, 60)));
                await rules.SetEnabledAsync(FaultPortal.RuleId, enabled: true, Actor.System, CancellationToken.None);
            }

            if (random.Next(8) == 0)
            {
                var rule = await rules.FindAsync(FaultPortal.RuleId, CancellationToken.None);
                var frequency = TimeSpan.FromHours(random.Next(1, 4));
                var saved = await rules.SaveAsync(FaultPortal.RuleId, rule!.Version, rule.Definition with { QueryFrequency = frequency }, "", Actor.System, CancellationToken.None);
                Assert.Empty(saved.Errors);
            }

            await portal.ImportAsync($"step {step}", [Beacon.Connection(clock.Utc, $"Country {step}", step)]);
            await portal.TickAsync();
        }

        clock.Step(TimeSpan.FromHours(30));
        await portal.TickAsync();

        await portal.BeSoundAsync();
        Assert.DoesNotContain(await portal.WindowsAsync(), window => window.Status is WindowStatus.Due or WindowStatus.Running or WindowStatus.Failed);
    }

    [Theory]
    [InlineData("2026-03-28T20:00:00Z", 12)] // Berlin loses an hour at 01:00 UTC
    [InlineData("2026-10-24T20:00:00Z", 12)] // and gets one twice
    [InlineData("2028-02-28T20:00:00Z", 36)] // a leap day
    public async Task Clock_ThroughAnOddNight_EveryHourIsAWindow(string start, int hours)
    {
        var clock = new SteppingClock(DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var begin = clock.Utc;
        await using var portal = await FaultPortal.CreateAsync(clock);
        for (var hour = 1; hour <= hours; hour++)
        {
            clock.Step(TimeSpan.FromHours(1));
            await portal.ImportAsync($"hour {hour}", Enumerable.Range(1, 6).Select(port => Beacon.Connection(clock.Utc.AddMinutes(-30), $"Country {hour}", port)));
            clock.Step(TimeSpan.FromMinutes(hour == 1 ? 6 : 0));
            Assert.Equal(AttemptOutcome.Alerted, Assert.Single(await portal.TickAsync()).Outcome);
        }

        Assert.Equal(Enumerable.Range(1, hours).Select(hour => begin.AddHours(hour)), (await portal.WindowsAsync()).Select(window => window.EndUtc));
        await portal.BeSoundAsync();
    }
}
