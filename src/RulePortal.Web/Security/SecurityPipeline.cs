using RulePortal.Web.Security.Limits;
using RulePortal.Web.Security.Proxies;

namespace RulePortal.Web.Security;

internal static class SecurityPipeline
{
    public static void UseSecurity(this WebApplication app)
    {
        app.UseTrustedProxies();
        var mode = SignInSettings.ModeOf(app.Configuration);
        app.UseMiddleware<SecurityHeaders>(SignOutTarget(mode, app.Configuration));
        if (mode is SignInMode.Development)
        {
            app.UseMiddleware<DevelopmentSignInGuard>();
        }

        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }

        app.UseAddressLimit();
    }

    // Where a form that signs out ends up, unless a provider signs out elsewhere than where it is.
    private static string SignOutTarget(SignInMode? mode, IConfiguration configuration)
    {
        var provider = mode switch
        {
            SignInMode.EntraId => configuration["AzureAd:Instance"],
            SignInMode.OpenIdConnect => configuration["OpenIdConnect:Authority"],
            _ => null,
        };
        return Uri.TryCreate(provider, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : "";
    }
}
