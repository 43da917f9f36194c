using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RulePortal.Data.Auditing;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Security.Providers;

/// <summary><c>Authorization: Bearer</c> with an access token of the identity provider, of a person or of a program, in the roles it gives.</summary>
internal sealed partial class AccessTokens(TokenReader reader, IIdentityProvider provider, FailureLimit failures, ILogger<AccessTokens> logger)
{
    public const string Scheme = "AccessToken";

    // Signatures by a private key only: a secret that both sides know, or none, proves nothing here.
    public static readonly IReadOnlyList<string> Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public void Configure(JwtBearerOptions options, string clientId)
    {
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false });
        options.SaveToken = false;
        options.TokenValidationParameters.AudienceValidator = null;
        options.TokenValidationParameters.ValidAudiences = [clientId, "api://" + clientId];
        options.TokenValidationParameters.ValidAlgorithms = Algorithms;
        options.Events ??= new JwtBearerEvents();
        var validated = options.Events.OnTokenValidated;
        options.Events.OnTokenValidated = async context =>
        {
            await validated(context);
            OnTokenValidated(context);
        };
        var received = options.Events.OnMessageReceived;
        options.Events.OnMessageReceived = async context =>
        {
            await received(context);
            if (!failures.MayTry(context.HttpContext, FailureLimit.Kind.Credential, Sent(context.Request)))
            {
                context.Fail("Too many tokens of this address were not good.");
            }
        };
        var failed = options.Events.OnAuthenticationFailed;
        options.Events.OnAuthenticationFailed = context =>
        {
            failures.Failed(context.HttpContext, FailureLimit.Kind.Credential);
            return failed(context);
        };
        options.Events.OnChallenge = context =>
        {
            context.HandleResponse();
            return Refusals.ChallengeAsync(context.HttpContext);
        };
        options.Events.OnForbidden = context => Refusals.ForbidAsync(context.HttpContext);
    }

    private static string Sent(HttpRequest request) => request.Headers.Authorization.ToString();

    private void OnTokenValidated(TokenValidatedContext context)
    {
        if (context.Result is not null || context.Principal is not { } token)
        {
            return;
        }

        if (!provider.IsAccessToken(token))
        {
            context.Fail("The token was not made for use at an API.");
            return;
        }

        try
        {
            var person = reader.Read(token);
            if (person.Refusal is { } refusal)
            {
                Log.NoRole(logger, person.Actor.Id, refusal);
            }

            context.Principal = PortalPrincipal.Create(person.Actor, person.Roles, Scheme);
            failures.Succeeded(Sent(context.Request));
        }
        catch (InvalidOperationException e)
        {
            context.Fail(e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "An access token of {Actor} gives no role: {Refusal}.")]
        public static partial void NoRole(ILogger logger, string actor, SignInRefusal refusal);
    }
}
