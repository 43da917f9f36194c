using System.Security.Claims;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security;

/// <summary>Notes on whoever is signed in from where this request comes, for the audit trail. A circuit keeps the principal of the connection it was opened with, and so its address.</summary>
internal static class RequestOrigin
{
    /// <summary>The client's address as text: that of the proxy's client once forwarded headers were applied.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => Origins.Unknown,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    /// <summary>The actor, from where the request comes.</summary>
    public static Actor From(this Actor actor, HttpContext context) => actor with { Origin = Of(context) };

    public static IApplicationBuilder UseRequestOrigin(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.User.Identity is ClaimsIdentity { IsAuthenticated: true } identity)
        {
            // What a cookie may bring along is not believed.
            foreach (var claim in identity.FindAll(PortalPrincipal.OriginClaim).ToList())
            {
                identity.RemoveClaim(claim);
            }

            identity.AddClaim(new Claim(PortalPrincipal.OriginClaim, Of(context)));
        }

        return next(context);
    });
}
