namespace RulePortal.Web.Security;

/// <summary>The policies that pages and endpoints demand, after Sentinel's roles. Roles are cumulative.</summary>
internal static class Policies
{
    /// <summary>See everything but the administration: every role but Ingest.</summary>
    public const string CanView = nameof(CanView);

    /// <summary>Work alerts: Responder and above.</summary>
    public const string CanRespond = nameof(CanRespond);

    /// <summary>Edit and run rules, withdraw batches: Contributor and above.</summary>
    public const string CanContribute = nameof(CanContribute);

    /// <summary>Bring connections in: Contributor and above, or a key made for that.</summary>
    public const string CanIngest = nameof(CanIngest);

    /// <summary>Make and revoke keys, end sessions, read the audit trail: Administrator.</summary>
    public const string CanAdminister = nameof(CanAdminister);

    /// <summary>Read the portal's measurements of itself: Administrator, or a key made for that.</summary>
    public const string CanScrape = nameof(CanScrape);

    /// <summary>Anybody signed in and any key in force, whatever the role.</summary>
    public const string SignedIn = nameof(SignedIn);

    /// <summary>The least role a person needs for a policy, in words.</summary>
    public static string RoleNeeded(string? policy) => policy switch
    {
        CanRespond => PortalRoles.Responder,
        CanContribute or CanIngest => PortalRoles.Contributor,
        CanAdminister or CanScrape => PortalRoles.Administrator,
        _ => PortalRoles.Reader,
    };

    /// <summary>The least role that satisfies all of several policies, as a page has that of its folder beside everybody's.</summary>
    public static string RoleNeeded(IEnumerable<string?> policies)
    {
        var roles = policies.Select(policy => RoleNeeded(policy)).ToHashSet(StringComparer.Ordinal);
        return PortalRoles.OfPeople.LastOrDefault(roles.Contains) ?? PortalRoles.Reader;
    }
}
