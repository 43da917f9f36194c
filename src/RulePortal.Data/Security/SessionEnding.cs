namespace RulePortal.Data.Security;

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
