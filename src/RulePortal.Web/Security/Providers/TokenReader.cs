using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace RulePortal.Web.Security.Providers;

/// <summary>Translates a token that was found valid: app roles and groups into the product's roles.</summary>
internal sealed class TokenReader(IIdentityProvider provider, IOptions<SignInSettings> settings)
{
    public TokenPerson Read(ClaimsPrincipal token)
    {
        var actor = provider.ActorOf(token);
        var groups = settings.Value.Groups;
        var roles = settings.Value.Roles.RolesOf(ClaimPath.Values(token, provider.RoleClaim))
            .Union(groups.RolesOf(ClaimPath.Values(token, provider.GroupClaim)), StringComparer.Ordinal)
            .ToList();
        return new TokenPerson(
            actor,
            roles,
            roles.Count > 0 ? null : groups.Any && HasTooManyGroups(token) ? SignInRefusal.TooManyGroups : SignInRefusal.NoRole);
    }

    // Entra leaves the groups out of a token that would have over 200 (over 6 by the implicit flow), and says where they could be asked for.
    private bool HasTooManyGroups(ClaimsPrincipal token) =>
        token.HasClaim("hasgroups", "true") || ClaimPath.Values(token, "_claim_names." + provider.GroupClaim).Count > 0;
}
