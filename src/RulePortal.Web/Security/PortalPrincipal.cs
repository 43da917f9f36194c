using System.Security.Claims;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;

namespace RulePortal.Web.Security;

/// <summary>The few claims the product keeps of whoever signed in, the same for people and programs.</summary>
internal static class PortalPrincipal
{
    public const string ActorClaim = "ruleportal/actor";
    public const string OriginClaim = "ruleportal/origin";
    public const string SessionClaim = "ruleportal/session";
    private const string EndingClaim = "ruleportal/ending";

    public static ClaimsPrincipal Create(Actor actor, IEnumerable<string> roles, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.Name, actor.Name));
        identity.AddClaim(new Claim(ActorClaim, actor.Id));
        identity.AddClaims(roles.Select(r => new Claim(ClaimTypes.Role, r)));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>The person of a session, with the roles that it has now.</summary>
    public static ClaimsPrincipal Create(PortalSession session, string scheme)
    {
        var principal = Create(new Actor(session.ActorId, session.ActorName), session.RoleList, scheme);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(SessionClaim, session.Id.ToString()));
        return principal;
    }

    /// <summary>The person of a session with the roles that it has now, from where they were before.</summary>
    public static ClaimsPrincipal Create(PortalSession session, ClaimsPrincipal before)
    {
        var principal = Create(session, before.Identity!.AuthenticationType!);
        ((ClaimsIdentity)principal.Identity!).AddClaims(before.FindAll(OriginClaim));
        return principal;
    }

    /// <summary>Nobody, after a session ended, and why it did.</summary>
    public static ClaimsPrincipal Ended(SessionEnding? ending) =>
        new(new ClaimsIdentity(ending is { } why ? [new Claim(EndingClaim, why.ToString())] : []));

    /// <summary>Who a signed-in principal is, for the audit trail and for owners.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Actor ToActor(this ClaimsPrincipal user) =>
        user.FindFirstValue(ActorClaim) is { } id
            ? new Actor(id, user.Identity?.Name ?? id) { Origin = user.FindFirstValue(OriginClaim) ?? Origins.Unknown, Rights = PortalRoles.RightsOf(user.Roles()) }
            : throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The highest of a person's roles, or null for none.</summary>
    public static string? HighestRole(this ClaimsPrincipal user) => PortalRoles.OfPeople.LastOrDefault(user.IsInRole);

    public static IReadOnlyList<string> Roles(this ClaimsPrincipal user) => [.. user.FindAll(ClaimTypes.Role).Select(c => c.Value)];

    /// <summary>The session a person works in; null for a program, and for nobody.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) => user.FindFirstValue(SessionClaim) is { } id ? Guid.Parse(id) : null;

    /// <summary>Why nobody is signed in any more, when that is known.</summary>
    public static SessionEnding? Ending(this ClaimsPrincipal user) => user.FindFirstValue(EndingClaim) is { } why ? Enum.Parse<SessionEnding>(why) : null;
}
