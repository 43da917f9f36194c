using RulePortal.Web.Security.Limits;
using RulePortal.Web.Security.Proxies;

namespace RulePortal.Web.Security;

internal static class SecurityPipeline
{
    public static void UseSecurity(this WebApplication app)
    {
        app.UseTrustedProxies();
        var mode = SignInSettings.ModeOf(app.Configuration);
        app.UseMiddleware<SecurityHeaders>(mode is SignInMode.EntraId && Uri.TryCreate(app.Configuration["AzureAd:Instance"], UriKind.Absolute, out var entra)
            ? entra.GetLeftPart(UriPartial.Authority)
            : "");
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
}
