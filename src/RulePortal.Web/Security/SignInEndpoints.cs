using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using RulePortal.Data.Auditing;
using RulePortal.Web.Shell;

namespace RulePortal.Web.Security;

/// <summary>Signing in and out; the page itself is <see cref="SignIn"/>.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this WebApplication app)
    {
        var mode = SignInSettings.ModeOf(app.Configuration);
        if (mode is SignInMode.Development)
        {
            app.MapPost(PortalUrls.SignInDevelopment, SignInAsRoleAsync).AllowAnonymous().ExcludeFromDescription();
        }
        else if (mode is SignInMode.EntraId)
        {
            app.MapGet(PortalUrls.SignInEntra, (string? returnUrl) => TypedResults.Challenge(
                new AuthenticationProperties { RedirectUri = ReturnUrl.Safe(returnUrl) }, [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous().ExcludeFromDescription();
        }

        app.MapPost(PortalUrls.SignOut, () => SignOut(mode)).WithMetadata(new RequireAntiforgeryTokenAttribute()).AddEndpointFilter<ValidFormFilter>().RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsRoleAsync(HttpContext context, [FromForm] string role, [FromForm] string? returnUrl, TimeProvider time)
    {
        if (!PortalRoles.OfPeople.Contains(role, StringComparer.Ordinal))
        {
            return TypedResults.Redirect(PortalUrls.SignIn(ReturnUrl.Safe(returnUrl)));
        }

        var actor = new Actor("dev:" + role.ToLowerInvariant(), $"Development {role}");
        var (principal, properties) = Session.Begin(actor, [role], CookieAuthenticationDefaults.AuthenticationScheme, time.GetUtcNow());
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal, properties);
        return TypedResults.LocalRedirect(ReturnUrl.Safe(returnUrl));
    }

    private static SignOutHttpResult SignOut(SignInMode? mode) => TypedResults.SignOut(
        new AuthenticationProperties { RedirectUri = PortalUrls.SignInPage },
        mode is SignInMode.EntraId
            ? [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]
            : [CookieAuthenticationDefaults.AuthenticationScheme]);
}
