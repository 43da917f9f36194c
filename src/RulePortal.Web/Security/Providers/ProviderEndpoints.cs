using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using RulePortal.Data.Security;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Security.Providers;

/// <summary>Going to the identity provider, to sign in and to sign out.</summary>
internal static partial class ProviderEndpoints
{
    public static void MapProviderSignIn(this WebApplication app) => app
        .MapGet(PortalUrls.SignInProvider, (HttpContext context, string? returnUrl, bool? another, ProviderSignIn signIn) =>
            TypedResults.Challenge(signIn.Challenge(context, ReturnUrl.Safe(returnUrl), another == true), [OpenIdConnectDefaults.AuthenticationScheme]))
        .AllowAnonymous()
        .ExcludeFromDescription();

    public static async Task SignOutAsync(HttpContext context, SessionStore sessions, ProviderSignIn signIn, ILoggerFactory loggers)
    {
        var session = context.User.SessionId() is { } id ? await sessions.FindAsync(id, context.RequestAborted) : null;
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        try
        {
            await context.SignOutAsync(OpenIdConnectDefaults.AuthenticationScheme, signIn.SignOut(session?.ProtectedTokens));
        }
        catch (InvalidOperationException e)
        {
            // The provider does not say where. Here the person is signed out, whatever becomes of it there.
            Log.NotSignedOutThere(loggers.CreateLogger(typeof(ProviderEndpoints)), e);
            context.Response.Redirect(PortalUrls.SignInPage);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider could not be reached to sign somebody out there, too.")]
        public static partial void NotSignedOutThere(ILogger logger, Exception exception);
    }
}
