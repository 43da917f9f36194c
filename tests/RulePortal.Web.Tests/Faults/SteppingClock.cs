namespace RulePortal.Web.Tests.Faults;

/// <summary>A clock that can be set back, as an operating system's can. What waits, waits in real time.</summary>
internal sealed class SteppingClock(DateTime utc, TimeZoneInfo? zone = null) : TimeProvider
{
    private long ticks = utc.Ticks;

    public DateTime Utc => new(Interlocked.Read(ref ticks), DateTimeKind.Utc);

    public override TimeZoneInfo LocalTimeZone => zone ?? TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(Utc);

    public void Step(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
