using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Security.Providers;

/// <summary>What every identity provider's mode shares.</summary>
internal static class ProviderRegistration
{
    public static void AddProvider(this AuthenticationBuilder authentication, IEnumerable<string> scopes, string? clientId)
    {
        var services = authentication.Services;
        services.AddSingleton<TokenReader>();
        services.AddSingleton<RefusedAccount>();
        services.AddSingleton<ProviderSignIn>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IRoleCheck, ProviderRoleCheck>();
        services.AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme).Configure<ProviderSignIn>((o, signIn) =>
        {
            foreach (var scope in scopes)
            {
                o.Scope.Add(scope);
            }

            signIn.Configure(o);
        });
        services.AddOptions<JwtBearerOptions>(AccessTokens.Scheme).Configure<AccessTokens>((o, tokens) => tokens.Configure(o, clientId ?? ""));
        // A key that the provider withdrew counts no more, as it would for another hour.
        services.PostConfigure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, o => UseCurrentKeysOnly(o.ConfigurationManager));
        services.PostConfigure<JwtBearerOptions>(AccessTokens.Scheme, o => UseCurrentKeysOnly(o.ConfigurationManager));
    }

    private static void UseCurrentKeysOnly(object? manager)
    {
        if (manager is BaseConfigurationManager configuration)
        {
            configuration.UseLastKnownGoodConfiguration = false;
        }
    }
}
