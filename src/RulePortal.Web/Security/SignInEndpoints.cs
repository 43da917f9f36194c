using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using RulePortal.Web.Kit;
using RulePortal.Web.Security.Providers;

namespace RulePortal.Web.Security;

/// <summary>Signing in and out; the page itself is <see cref="SignIn"/>.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this WebApplication app)
    {
        Delegate signOut;
        if (SignInSettings.ModeOf(app.Configuration) is SignInMode.Development or null)
        {
            app.MapDevelopmentSignIn();
            signOut = () => TypedResults.SignOut(new() { RedirectUri = PortalUrls.SignInPage }, [CookieAuthenticationDefaults.AuthenticationScheme]);
        }
        else
        {
            app.MapProviderSignIn();
            signOut = ProviderEndpoints.SignOutAsync;
        }

        app.MapPost(PortalUrls.SignOut, signOut)
            .WithMetadata(new RequireAntiforgeryTokenAttribute())
            .AddEndpointFilter<ValidFormFilter>()
            .RequireAuthorization(Policies.SignedIn)
            .ExcludeFromDescription();
    }
}
