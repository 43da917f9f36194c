using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using RulePortal.Data.Security;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security.Providers;
using RulePortal.Web.Security.Sessions;
using RulePortal.Web.Shell.Pages;

namespace RulePortal.Web.Security;

/// <summary>How a request with a cookie, or with nothing, is told no: a person who opens a page is led to sign in, a program is answered.</summary>
internal static class BrowserRefusals
{
    public static Task ChallengeAsync(HttpContext context, SignInMode? mode)
    {
        if (!IsPage(context.Request))
        {
            return Refusals.ChallengeAsync(context);
        }

        var wanted = ReturnUrl.Safe(context.Request.PathBase + context.Request.Path + context.Request.QueryString);
        if (context.Features.Get<SessionState>()?.Ending is { } ending and not (SessionEnding.SignedOut or SessionEnding.Replaced))
        {
            // The provider might let the person in again without a word.
            context.Response.Redirect(PortalUrls.SessionEnded(wanted, ending.ToString()));
            return Task.CompletedTask;
        }

        if (mode is SignInMode.EntraId or SignInMode.OpenIdConnect)
        {
            var signIn = context.RequestServices.GetRequiredService<ProviderSignIn>();
            return context.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, signIn.Challenge(context, wanted, another: false));
        }

        context.Response.Redirect(PortalUrls.SignIn(wanted));
        return Task.CompletedTask;
    }

    public static Task ForbidAsync(HttpContext context)
    {
        if (!IsPage(context.Request))
        {
            return Refusals.ForbidAsync(context);
        }

        context.RequestServices.GetRequiredService<SecurityAudit>().PageRefused(context);
        context.Response.Redirect(PortalUrls.Denied(Refusals.RoleNeeded(context)));
        return Task.CompletedTask;
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !ApiRoutes.IsApi(request.Path)
        && !request.Path.StartsWithSegments(PortalUrls.Metrics, StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/_framework", StringComparison.OrdinalIgnoreCase);
}
