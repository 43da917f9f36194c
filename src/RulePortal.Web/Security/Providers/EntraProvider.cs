using System.Security.Claims;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security.Providers;

/// <summary>Microsoft Entra ID: people and service principals are object ids of a tenant.</summary>
internal sealed class EntraProvider : IIdentityProvider
{
    public string Title => "Microsoft Entra ID";

    public string PromptForAnother => "select_account";

    public string RoleClaim => "roles";

    public string GroupClaim => "groups";

    public Actor ActorOf(ClaimsPrincipal token)
    {
        var tenant = token.FindFirstValue("tid");
        var person = token.FindFirstValue("oid");
        return string.IsNullOrEmpty(tenant) || string.IsNullOrEmpty(person)
            ? throw new InvalidOperationException("The token names no tenant or no object id.")
            : ActorNames.Actor($"entra:{tenant}/{person}", token.FindFirstValue("preferred_username") ?? token.FindFirstValue("upn") ?? token.FindFirstValue("name") ?? Program(token) ?? person);
    }

    // Access tokens name the program they were given to, by version 2.0 as azp and by version 1.0 as appid; id tokens do not.
    public bool IsAccessToken(ClaimsPrincipal token) => Program(token) is not null;

    private static string? Program(ClaimsPrincipal token) =>
        (token.FindFirstValue("azp") ?? token.FindFirstValue("appid")) is { Length: > 0 } id ? "Application " + id : null;
}
