using System.Globalization;
using System.Security.Claims;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security;

/// <summary>The few claims the product keeps of whoever signed in, the same for people and keys.</summary>
internal static class PortalPrincipal
{
    public const string ActorClaim = "ruleportal/actor";
    public const string OriginClaim = "ruleportal/origin";
    private const string EndsClaim = "ruleportal/ends";

    public static ClaimsPrincipal Create(Actor actor, IEnumerable<string> roles, string scheme, DateTimeOffset? ends = null)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.Name, actor.Name));
        identity.AddClaim(new Claim(ActorClaim, actor.Id));
        identity.AddClaims(roles.Select(r => new Claim(ClaimTypes.Role, r)));
        if (ends is { } instant)
        {
            identity.AddClaim(new Claim(EndsClaim, instant.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>Who a signed-in principal is, for the audit trail and for owners.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Actor ToActor(this ClaimsPrincipal user) =>
        user.FindFirstValue(ActorClaim) is { } id
            ? new Actor(id, user.Identity?.Name ?? id) { Origin = user.FindFirstValue(OriginClaim) ?? Origins.Unknown }
            : throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The highest of a person's roles, or null for none.</summary>
    public static string? HighestRole(this ClaimsPrincipal user) => PortalRoles.OfPeople.LastOrDefault(user.IsInRole);

    /// <summary>Whether the session is over; a key's principal has none.</summary>
    public static bool HasEnded(this ClaimsPrincipal user, DateTimeOffset now) =>
        user.FindFirstValue(EndsClaim) is { } text && long.Parse(text, CultureInfo.InvariantCulture) <= now.ToUnixTimeSeconds();
}
