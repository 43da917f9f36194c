using RulePortal.Data.Security;

namespace RulePortal.Data.Tests.Security;

public sealed class PortalSessionTests
{
    private static readonly DateTime Start = new(2026, 1, 31, 8, 0, 0, DateTimeKind.Utc);
    private static readonly RecheckPolicy Policy = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));

    /// <summary>Seconds after the start: now, the check begun, the check failed; and what the session is worth.</summary>
    public static TheoryData<int, int?, int?, SessionStanding> Cases { get; } = new()
    {
        { 0, null, null, SessionStanding.Confirmed },
        { 299, null, null, SessionStanding.Confirmed },
        { 300, null, null, SessionStanding.CheckDue },
        { 310, 300, null, SessionStanding.BeingChecked },
        { 329, 300, null, SessionStanding.BeingChecked },
        { 330, 300, null, SessionStanding.CheckDue },
        { 310, 300, 305, SessionStanding.Kept },
        { 334, 300, 305, SessionStanding.Kept },
        { 335, 300, 305, SessionStanding.CheckDue },
        { 340, 335, 305, SessionStanding.BeingChecked },
        { 3899, 3880, 3885, SessionStanding.Kept },
        { 3900, 3880, 3885, SessionStanding.Unconfirmed },
        { 20000, 3880, 3885, SessionStanding.CheckDue },
        { 20005, 20000, 20001, SessionStanding.Unconfirmed },
        { 35999, null, null, SessionStanding.CheckDue },
        { 36000, null, null, SessionStanding.Over },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void StandingAt_Instant_IsWhatItIsWorth(int now, int? started, int? failed, SessionStanding expected)
    {
        PortalSession session = Session();
        session.CheckStartedUtc = started is { } s ? Start.AddSeconds(s) : null;
        session.CheckFailedUtc = failed is { } f ? Start.AddSeconds(f) : null;

        Assert.Equal(expected, session.StandingAt(Start.AddSeconds(now), Policy));
    }

    [Fact]
    public void StandingAt_NobodyConfirms_CountsToItsEnd()
    {
        Assert.Equal(SessionStanding.Confirmed, Session().StandingAt(Start.AddHours(10).AddTicks(-1), policy: null));
        Assert.Equal(SessionStanding.Over, Session().StandingAt(Start.AddHours(10), policy: null));
    }

    [Fact]
    public void StandingAt_Ended_IsOver()
    {
        PortalSession session = Session();
        session.EndedUtc = Start;
        Assert.Equal(SessionStanding.Over, session.StandingAt(Start, Policy));
    }

    private static PortalSession Session() => new()
    {
        KeyHash = [], Mode = "EntraId", ActorId = "entra:t/ada", ActorName = "Ada", Roles = "Reader", StartedUtc = Start, EndsUtc = Start.AddHours(10), CheckedUtc = Start,
    };
}
