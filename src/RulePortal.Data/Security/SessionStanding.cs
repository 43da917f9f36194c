namespace RulePortal.Data.Security;

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
