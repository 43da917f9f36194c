using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using RulePortal.Data.Auditing;
using RulePortal.Web.Kit;
using RulePortal.Web.Security.Limits;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Security.Providers;

/// <summary>Signing in with an identity provider: authorization code with PKCE; from a valid id token to a session, or to a refusal.</summary>
internal sealed partial class ProviderSignIn(
    TokenReader reader,
    IIdentityProvider provider,
    IDataProtectionProvider protection,
    RefusedAccount refused,
    FailureLimit failures,
    SecurityAudit audit,
    ILogger<ProviderSignIn> logger)
{
    private const string IdTokenHint = "ruleportal/id_token";

    /// <summary>The properties of a challenge that comes back to an address of this site.</summary>
    /// <param name="context">The request; the session it has is replaced by the one that begins.</param>
    /// <param name="returnUrl">An address of this site.</param>
    /// <param name="another">Whether to let the person choose another account than the one the provider remembers.</param>
    public AuthenticationProperties Challenge(HttpContext context, string returnUrl, bool another)
    {
        var properties = new AuthenticationProperties { RedirectUri = returnUrl };
        if (context.User.SessionId() is { } session)
        {
            properties.Items[SessionCookie.Replaces] = session.ToString();
        }

        if (another)
        {
            properties.SetParameter(OpenIdConnectParameterNames.Prompt, provider.PromptForAnother);
        }

        return properties;
    }

    /// <summary>The properties of signing out at the provider, too.</summary>
    public AuthenticationProperties SignOut(string? protectedTokens)
    {
        var properties = new AuthenticationProperties { RedirectUri = PortalUrls.SignInPage };
        properties.SetParameter(IdTokenHint, ProviderTokens.Unprotect(protectedTokens, protection)?.IdToken);
        return properties;
    }

    public void Configure(OpenIdConnectOptions options)
    {
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.UsePkce = true;
        options.SaveTokens = false;
        // Claims by the names they have in the token.
        options.TokenHandler = new JsonWebTokenHandler { MapInboundClaims = false };
        options.TokenValidationParameters.ValidAlgorithms = AccessTokens.Algorithms;
        options.SignedOutRedirectUri = PortalUrls.SignInPage;
        // A frame of the provider's sends no cookie of ours, and anybody else could call the address.
        options.RemoteSignOutPath = default;
        var validated = options.Events.OnTokenValidated;
        options.Events.OnTokenValidated = async context =>
        {
            await validated(context);
            if (context.Result is null)
            {
                OnTokenValidated(context);
            }
        };
        options.Events.OnMessageReceived = OnMessageReceivedAsync;
        options.Events.OnRemoteFailure = OnRemoteFailureAsync;
        options.Events.OnRedirectToIdentityProviderForSignOut = OnSignOutAsync;
    }

    private void OnTokenValidated(TokenValidatedContext context)
    {
        if (context.Principal is not { } token || context.SecurityToken.SignatureAlgorithm is SecurityAlgorithms.None or null)
        {
            // OpenID Connect allows it for a token that came over TLS from the provider itself; nobody needs it.
            context.Fail("The token is not signed.");
            return;
        }

        var person = reader.Read(token);
        if (person.Refusal is { } refusal)
        {
            Log.Refused(logger, person.Actor.Id, refusal);
            failures.Failed(context.HttpContext, FailureLimit.Kind.SignIn);
            audit.SignInRefused(context.HttpContext, person.Actor, refusal.ToString());
            context.HandleResponse();
            context.Response.Redirect(PortalUrls.Refused(refusal.ToString(), refused.Protect(person.Actor.Name)));
            return;
        }

        var answer = context.TokenEndpointResponse;
        if (string.IsNullOrEmpty(answer?.RefreshToken))
        {
            Log.NoRefreshToken(logger, person.Actor.Id);
        }

        context.Principal = PortalPrincipal.Create(person.Actor, person.Roles, context.Scheme.Name);
        context.Properties ??= new AuthenticationProperties();
        context.Properties.SetParameter(SessionCookie.ProtectedTokens, new ProviderTokens(answer?.RefreshToken, answer?.IdToken).Protect(protection));
    }

    private Task OnMessageReceivedAsync(MessageReceivedContext context)
    {
        if (failures.MayTry(context.HttpContext, FailureLimit.Kind.SignIn))
        {
            return Task.CompletedTask;
        }

        context.HandleResponse();
        return failures.WriteAsync(context.HttpContext);
    }

    private Task OnRemoteFailureAsync(RemoteFailureContext context)
    {
        failures.Failed(context.HttpContext, FailureLimit.Kind.SignIn);
        Log.RemoteFailure(logger, context.Failure);
        audit.SignInFailed(context.HttpContext, context.Failure);
        context.HandleResponse();
        context.Response.Redirect(PortalUrls.SignInFailed);
        return Task.CompletedTask;
    }

    private static Task OnSignOutAsync(RedirectContext context)
    {
        context.ProtocolMessage.ClientId = context.Options.ClientId;
        context.ProtocolMessage.IdTokenHint = context.Properties.GetParameter<string>(IdTokenHint);
        if (string.IsNullOrEmpty(context.ProtocolMessage.IssuerAddress))
        {
            // Not every provider can be signed out of.
            context.HandleResponse();
            context.Response.Redirect(PortalUrls.SignInPage);
        }

        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in failed.")]
        public static partial void RemoteFailure(ILogger logger, Exception? failure);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Actor} was refused: {Refusal}.")]
        public static partial void Refused(ILogger logger, string actor, SignInRefusal refusal);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider gave no refresh token for {Actor}, so that roles cannot be confirmed and the session will be short. The scope offline_access asks for one.")]
        public static partial void NoRefreshToken(ILogger logger, string actor);
    }
}
