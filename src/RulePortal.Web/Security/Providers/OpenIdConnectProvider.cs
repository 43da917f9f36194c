using System.Security.Claims;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security.Providers;

/// <summary>Any standard provider: people are subjects of an issuer.</summary>
internal sealed class OpenIdConnectProvider(IOptions<OpenIdConnectSettings> settings) : IIdentityProvider
{
    public string Title => "your organisation's account";

    public string PromptForAnother => "login";

    public string RoleClaim => settings.Value.RoleClaim;

    public string GroupClaim => settings.Value.GroupClaim;

    public Actor ActorOf(ClaimsPrincipal token)
    {
        var issuer = token.FindFirstValue("iss");
        var subject = token.FindFirstValue("sub");
        return string.IsNullOrEmpty(issuer) || string.IsNullOrEmpty(subject)
            ? throw new InvalidOperationException("The token names no issuer or no subject.")
            : ActorNames.Actor($"oidc:{issuer}/{subject}", token.FindFirstValue("preferred_username") ?? token.FindFirstValue("email") ?? token.FindFirstValue("name") ?? subject);
    }

    // No standard says it of every provider's tokens; these claims are an id token's alone, and typ is Keycloak's own word.
    public bool IsAccessToken(ClaimsPrincipal token) =>
        !token.HasClaim(c => c.Type is "nonce" or "at_hash" or "c_hash" || (c.Type is "typ" && !string.Equals(c.Value, "Bearer", StringComparison.OrdinalIgnoreCase)));
}
