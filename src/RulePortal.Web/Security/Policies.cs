namespace RulePortal.Web.Security;

/// <summary>The policies that pages and endpoints demand, after Sentinel's roles. Roles are cumulative.</summary>
internal static class Policies
{
    /// <summary>See everything: Reader, Responder, Contributor.</summary>
    public const string CanView = nameof(CanView);

    /// <summary>Work alerts: Responder, Contributor.</summary>
    public const string CanRespond = nameof(CanRespond);

    /// <summary>Edit and run rules, withdraw batches: Contributor.</summary>
    public const string CanContribute = nameof(CanContribute);

    /// <summary>Bring connections in: Contributor, or a key made for that.</summary>
    public const string CanIngest = nameof(CanIngest);

    /// <summary>Anybody signed in and any key in force, whatever the role.</summary>
    public const string SignedIn = nameof(SignedIn);

    /// <summary>The least role a person needs for a policy, in words.</summary>
    public static string RoleNeeded(string? policy) => policy switch
    {
        CanRespond => PortalRoles.Responder,
        CanContribute or CanIngest => PortalRoles.Contributor,
        _ => PortalRoles.Reader,
    };
}
