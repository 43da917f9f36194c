using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Security;

/// <summary><c>Authorization: Bearer rp_...</c>; answers refusals with problem documents, never with a redirect.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeyStore keys,
    ApiKeyUsage usage,
    FailureLimit failures,
    SecurityAudit audit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var secret = header[Bearer.Length..].Trim();
        if (!failures.MayTry(Context, FailureLimit.Kind.Credential, secret))
        {
            return AuthenticateResult.Fail("Too many keys of this address were not good.");
        }

        var key = await keys.FindAsync(secret, Context.RequestAborted);
        if (key is null || !key.IsInForceAt(TimeProvider.GetUtcNow().UtcDateTime))
        {
            failures.Failed(Context, FailureLimit.Kind.Credential);
            audit.KeyRefused(Context, key, secret);
            return AuthenticateResult.Fail("The key is unknown, expired or revoked.");
        }

        failures.Succeeded(secret);
        usage.Note(key.Id);
        return AuthenticateResult.Success(new AuthenticationTicket(PortalPrincipal.Create(key.Actor, [key.Role.ToString()], Name), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.ChallengeAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.ForbidAsync(Context);
}
