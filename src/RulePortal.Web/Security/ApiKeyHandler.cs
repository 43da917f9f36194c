using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RulePortal.Data.Security;

namespace RulePortal.Web.Security;

/// <summary><c>Authorization: Bearer rp_...</c>; answers refusals with problem documents, never with a redirect.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyStore keys, ApiKeyUsage usage, SecurityAudit audit)
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
        var key = await keys.FindAsync(secret, Context.RequestAborted);
        if (key is null || !key.IsInForceAt(TimeProvider.GetUtcNow().UtcDateTime))
        {
            audit.KeyRefused(Context, key, secret);
            return AuthenticateResult.Fail("The key is unknown, expired or revoked.");
        }

        usage.Note(key.Id);
        return AuthenticateResult.Success(new AuthenticationTicket(PortalPrincipal.Create(key.Actor, [key.Role.ToString()], Name), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.ChallengeAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.ForbidAsync(Context);
}
