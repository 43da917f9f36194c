using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security;

/// <summary>A browser's session: how long it lasts, and how it begins.</summary>
internal static class Session
{
    public static TimeSpan Length { get; } = TimeSpan.FromHours(10);

    public static (ClaimsPrincipal Principal, AuthenticationProperties Properties) Begin(Actor actor, IEnumerable<string> roles, string scheme, DateTimeOffset now)
    {
        var ends = now + Length;
        return (PortalPrincipal.Create(actor, roles, scheme, ends), new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = ends });
    }
}
