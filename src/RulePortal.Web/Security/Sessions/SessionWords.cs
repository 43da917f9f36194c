using RulePortal.Data.Security;

namespace RulePortal.Web.Security.Sessions;

/// <summary>Why a session ended, as a person is told.</summary>
internal static class SessionWords
{
    public static string Of(SessionEnding? ending) => ending switch
    {
        SessionEnding.SignedOut => "You signed out.",
        SessionEnding.Replaced => "You signed in anew in this browser.",
        SessionEnding.NoRole => "Your account has no role in this portal any more.",
        SessionEnding.Refused => "Your identity provider vouches for your sign-in no longer.",
        SessionEnding.Unconfirmed => "Your identity provider could not be asked about your roles for too long.",
        SessionEnding.ByAdministrator => "An administrator ended it.",
        _ => "It had lasted as long as a session may.",
    };

    /// <summary>What the person can do about it.</summary>
    public static string WhatHelps(SessionEnding? ending) => ending is SessionEnding.NoRole ? "You need a role to go on" : "Sign in again to go on";
}
