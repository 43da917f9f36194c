using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace RulePortal.Web.Security.Providers;

/// <summary>The mode OpenIdConnect: any standard provider, such as Keycloak, by its discovery document.</summary>
internal static class OpenIdConnectSignIn
{
    public static void AddOpenIdConnectProvider(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var settings = configuration.GetSection(OpenIdConnectSettings.Section).Get<OpenIdConnectSettings>() ?? new OpenIdConnectSettings();
        authentication.AddCookie(CookieAuthenticationDefaults.AuthenticationScheme);
        authentication.AddOpenIdConnect(o =>
        {
            o.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            o.Authority = settings.Authority;
            o.ClientId = settings.ClientId;
            o.ClientSecret = settings.ClientSecret;
            o.Scope.Clear();
        });
        authentication.AddJwtBearer(AccessTokens.Scheme, o => o.Authority = settings.Authority);
        authentication.Services.AddSingleton<IIdentityProvider, OpenIdConnectProvider>();
        authentication.AddProvider(settings.ScopeList, settings.ClientId);
    }
}
