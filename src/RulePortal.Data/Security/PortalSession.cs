using RulePortal.Data.Auditing;

namespace RulePortal.Data.Security;

/// <summary>A person's session in one browser. The browser's cookie carries a random key; whatever the session is worth stands here.</summary>
public sealed class PortalSession
{
    /// <summary>Identity, used in <c>session:id</c>. No secret.</summary>
    public Guid Id { get; init; }

    /// <summary>SHA-256 of the key in the cookie; 32 bytes, unique. The key is random, so no salt or stretching is needed.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>How the person signed in, such as <c>EntraId</c>; a session counts only while the portal signs people in that way.</summary>
    /// <value>1 to 20 characters.</value>
    public required string Mode { get; init; }

    /// <summary>Whose <see cref="Auditing.Actor.Id"/>.</summary>
    public required string ActorId { get; init; }

    /// <summary>Whose <see cref="Auditing.Actor.Name"/>.</summary>
    public required string ActorName { get; init; }

    /// <summary>From where the person signed in: <see cref="Auditing.Actor.Origin"/>.</summary>
    public string Origin { get; init; } = Auditing.Origins.Unknown;

    /// <summary>The roles held, as last confirmed, with commas between.</summary>
    public required string Roles { get; set; }

    /// <summary>When the person signed in. UTC.</summary>
    public required DateTime StartedUtc { get; init; }

    /// <summary>First instant at which it is over by itself. UTC.</summary>
    public required DateTime EndsUtc { get; init; }

    /// <summary>When the identity provider last confirmed the roles; at first, when it began. UTC.</summary>
    public required DateTime CheckedUtc { get; set; }

    /// <summary>When a process last set out to ask the identity provider. UTC.</summary>
    public DateTime? CheckStartedUtc { get; set; }

    /// <summary>When asking last failed without an answer; null once it succeeds. UTC.</summary>
    public DateTime? CheckFailedUtc { get; set; }

    /// <summary>The identity provider's refresh and id token, encrypted; null where there are none, and once the session has ended.</summary>
    public string? ProtectedTokens { get; set; }

    /// <summary>When it was ended before its time, or null. UTC.</summary>
    public DateTime? EndedUtc { get; set; }

    /// <summary>Why it was ended, or null.</summary>
    public SessionEnding? Ending { get; set; }

    /// <summary>The roles held, one by one.</summary>
    public IReadOnlyList<string> RoleList => Roles.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What the session is worth at an instant.</summary>
    /// <param name="nowUtc">The instant.</param>
    /// <param name="policy">How often roles are confirmed, or null when nobody confirms them.</param>
    public SessionStanding StandingAt(DateTime nowUtc, RecheckPolicy? policy)
    {
        if (EndedUtc is not null || nowUtc >= EndsUtc)
        {
            return SessionStanding.Over;
        }

        if (policy is null || nowUtc < CheckedUtc + policy.Interval)
        {
            return SessionStanding.Confirmed;
        }

        if (CheckStartedUtc is { } started && started >= CheckedUtc && !(CheckFailedUtc >= started) && nowUtc < started + policy.Patience)
        {
            return SessionStanding.BeingChecked;
        }

        if (CheckFailedUtc is { } failed && nowUtc < failed + policy.Retry)
        {
            return nowUtc < CheckedUtc + policy.Interval + policy.Grace ? SessionStanding.Kept : SessionStanding.Unconfirmed;
        }

        return SessionStanding.CheckDue;
    }
}

/// <summary>What a session begins with.</summary>
/// <param name="Mode">How the person signed in; 1 to 20 characters.</param>
/// <param name="Actor">Who.</param>
/// <param name="Roles">The roles held; none contains a comma.</param>
/// <param name="Length">How long it lasts at most.</param>
/// <param name="ProtectedTokens">The identity provider's tokens, encrypted, or null.</param>
public sealed record NewSession(string Mode, Actor Actor, IReadOnlyList<string> Roles, TimeSpan Length, string? ProtectedTokens);

/// <summary>Why a session ended before its time.</summary>
public enum SessionEnding
{
    /// <summary>The person signed out.</summary>
    SignedOut = 1,

    /// <summary>The person signed in again in the same browser.</summary>
    Replaced = 2,

    /// <summary>The identity provider says the person has no role any more.</summary>
    NoRole = 3,

    /// <summary>The identity provider vouches for the person no longer: blocked, deleted, or signed out everywhere.</summary>
    Refused = 4,

    /// <summary>The identity provider could not be asked for too long.</summary>
    Unconfirmed = 5,

    /// <summary>An Administrator ended it.</summary>
    ByAdministrator = 6,
}

/// <summary>What a session is worth at an instant.</summary>
public enum SessionStanding
{
    /// <summary>Its roles count.</summary>
    Confirmed = 0,

    /// <summary>The identity provider has to be asked before its roles count again.</summary>
    CheckDue = 1,

    /// <summary>Somebody is asking at this moment.</summary>
    BeingChecked = 2,

    /// <summary>The identity provider did not answer; its roles count for a while yet.</summary>
    Kept = 3,

    /// <summary>The identity provider has not answered for too long.</summary>
    Unconfirmed = 4,

    /// <summary>It has ended.</summary>
    Over = 5,
}

/// <summary>How often the identity provider is asked whether a session's roles still hold.</summary>
/// <param name="Interval">How long an answer counts.</param>
/// <param name="Grace">How much longer it counts while the identity provider does not answer.</param>
public sealed record RecheckPolicy(TimeSpan Interval, TimeSpan Grace)
{
    /// <summary>How long after a failure it is asked again.</summary>
    public TimeSpan Retry { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one process may take to ask before another one does.</summary>
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);
}
