namespace RulePortal.Web.Security.Providers;

/// <summary>Why somebody whom the identity provider vouches for is not let in.</summary>
internal enum SignInRefusal
{
    /// <summary>Neither roles nor groups give a role in this portal.</summary>
    NoRole = 1,

    /// <summary>Roles come from groups, and the person is in more groups than the identity provider puts into a token.</summary>
    TooManyGroups = 2,
}
