using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using RulePortal.Data.Security;

namespace RulePortal.Web.Security.Sessions;

/// <summary>Puts a session's key into the browser's cookie and nothing else; who that is, is read from the session at each request.</summary>
internal sealed class SessionCookie(SessionStore sessions, SessionGuard guard, IOptions<SignInSettings> settings) : CookieAuthenticationEvents
{
    /// <summary>Items of the properties that a sign-in goes on with: the session it replaces.</summary>
    public const string Replaces = "ruleportal/replaces";

    /// <summary>Parameters of the properties that a sign-in ends with: the identity provider's tokens, encrypted.</summary>
    public const string ProtectedTokens = "ruleportal/tokens";

    private const string KeyClaim = "ruleportal/key";

    public override async Task SigningIn(CookieSigningInContext context)
    {
        var person = context.Principal!.ToActor().From(context.HttpContext);
        var stop = context.HttpContext.RequestAborted;
        // Always a new key: one that was known before somebody signed in must not be worth more afterwards.
        var session = new NewSession(settings.Value.Mode.ToString()!, person, context.Principal!.Roles(), Session.Length, context.Properties.GetParameter<string>(ProtectedTokens));
        var key = await sessions.BeginAsync(session, stop);
        if (context.Properties.Items.Remove(Replaces, out var replaced) && Guid.TryParse(replaced, out var before))
        {
            await sessions.EndAsync(before, SessionEnding.Replaced, person, stop);
        }

        await sessions.SweepAsync(stop);
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(KeyClaim, key)], context.Scheme.Name));
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            // A page asks for a dozen files, which are the same for everybody: no query for each of them.
            context.RejectPrincipal();
            return;
        }

        var key = context.Principal?.FindFirstValue(KeyClaim);
        var state = key is null ? SessionState.None : await guard.JudgeAsync(key, context.HttpContext.RequestAborted);
        if (state.Live is { } session)
        {
            context.ReplacePrincipal(PortalPrincipal.Create(session, context.Scheme.Name));
        }
        else
        {
            context.HttpContext.Features.Set(state);
            context.RejectPrincipal();
        }
    }

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (context.HttpContext.User.SessionId() is { } id)
        {
            await sessions.EndAsync(id, SessionEnding.SignedOut, context.HttpContext.User.ToActor(), CancellationToken.None);
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        BrowserRefusals.ChallengeAsync(context.HttpContext, settings.Value.Mode);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        BrowserRefusals.ForbidAsync(context.HttpContext);
}
