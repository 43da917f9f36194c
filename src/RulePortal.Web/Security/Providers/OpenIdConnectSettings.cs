using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Providers;

/// <summary>Any standard OpenID Connect provider; read when Authentication:Mode is OpenIdConnect.</summary>
internal sealed class OpenIdConnectSettings : IPortalSettings
{
    public static string Section => "OpenIdConnect";

    /// <summary>Where the provider's discovery document is found: this address and <c>/.well-known/openid-configuration</c>.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>The claim that holds roles; a dotted path leads into a claim that is an object, such as <c>realm_access.roles</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that holds groups, read the same way.</summary>
    public string GroupClaim { get; set; } = "groups";

    /// <summary>The scopes asked for, with blanks between.</summary>
    public string Scopes { get; set; } = "openid profile offline_access";

    public IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<string> Faults()
    {
        if (!string.IsNullOrEmpty(Authority) && !(Uri.TryCreate(Authority, UriKind.Absolute, out var uri) && uri.Scheme is "https" && uri.Query.Length == 0))
        {
            yield return $"OpenIdConnect:Authority is '{Authority}'; allowed: the issuer's https address, such as https://id.example.org/realms/soc.";
        }

        if (string.IsNullOrWhiteSpace(RoleClaim))
        {
            yield return "OpenIdConnect:RoleClaim is empty; it names the claim that holds roles, such as roles or realm_access.roles.";
        }

        if (string.IsNullOrWhiteSpace(GroupClaim))
        {
            yield return "OpenIdConnect:GroupClaim is empty; it names the claim that holds groups, such as groups.";
        }

        if (!ScopeList.Contains("openid", StringComparer.Ordinal))
        {
            yield return $"OpenIdConnect:Scopes is '{Scopes}'; it must hold openid, which asks for the token that says who somebody is.";
        }
    }

    /// <summary>What the mode needs and is not there.</summary>
    public static IEnumerable<string> Missing(IConfiguration configuration)
    {
        string[] required = [nameof(Authority), nameof(ClientId), nameof(ClientSecret)];
        return required.Where(name => string.IsNullOrWhiteSpace(configuration[$"{Section}:{name}"]))
            .Select(name => $"{Section}:{name} is not set; Authentication:Mode=OpenIdConnect needs it, from the client registered at the provider.");
    }
}
