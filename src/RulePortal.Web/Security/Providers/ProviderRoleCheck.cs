using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Security.Providers;

/// <summary>Redeems a session's refresh token: the new id token says which roles the person has now.</summary>
internal sealed partial class ProviderRoleCheck(
    IOptionsMonitor<OpenIdConnectOptions> options,
    IOptions<SignInSettings> settings,
    TokenReader reader,
    IDataProtectionProvider protection,
    ILogger<ProviderRoleCheck> logger) : IRoleCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // What says that the person has to sign in again; any other error is the portal's or the provider's own trouble.
    private static readonly string[] Refusals = ["invalid_grant", "interaction_required", "login_required", "consent_required"];

    public RecheckPolicy Policy { get; } = new(settings.Value.RecheckInterval, settings.Value.RecheckGrace);

    public async Task<RoleAnswer> AskAsync(PortalSession session, CancellationToken cancellationToken)
    {
        var tokens = ProviderTokens.Unprotect(session.ProtectedTokens, protection);
        if (tokens?.RefreshToken is null)
        {
            return RoleAnswer.None;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Patience);
        try
        {
            return await RedeemAsync(session, tokens, stop.Token);
        }
        // An answer that is not what OpenID Connect says is as good as none.
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            Log.NoAnswer(logger, session.Id, e);
            return RoleAnswer.None;
        }
    }

    private async Task<RoleAnswer> RedeemAsync(PortalSession session, ProviderTokens tokens, CancellationToken cancellationToken)
    {
        var o = options.Get(OpenIdConnectDefaults.AuthenticationScheme);
        var metadata = await o.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [OpenIdConnectParameterNames.GrantType] = OpenIdConnectGrantTypes.RefreshToken,
            [OpenIdConnectParameterNames.RefreshToken] = tokens.RefreshToken,
            [OpenIdConnectParameterNames.ClientId] = o.ClientId,
            [OpenIdConnectParameterNames.ClientSecret] = o.ClientSecret,
            [OpenIdConnectParameterNames.Scope] = string.Join(' ', o.Scope),
        });
        using var response = await o.Backchannel.PostAsync(metadata.TokenEndpoint, form, cancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return response.IsSuccessStatusCode
            ? await JudgeAsync(o, session, tokens, new ProviderTokens(Text(answer, OpenIdConnectParameterNames.RefreshToken) ?? tokens.RefreshToken, Text(answer, OpenIdConnectParameterNames.IdToken)))
            : Refuse(session, response.StatusCode, Text(answer, OpenIdConnectParameterNames.Error));
    }

    private async Task<RoleAnswer> JudgeAsync(OpenIdConnectOptions o, PortalSession session, ProviderTokens before, ProviderTokens after)
    {
        var token = await ValidateAsync(o, after.IdToken);
        if (token is null)
        {
            return RoleAnswer.NotGood((after with { IdToken = before.IdToken }).Protect(protection));
        }

        var person = reader.Read(token);
        if (person.Actor.Id != session.ActorId)
        {
            Log.SomebodyElse(logger, session.Id);
            return RoleAnswer.Ends(SessionEnding.Refused);
        }

        return person.Refusal is null ? RoleAnswer.Confirmed(person.Roles, after.Protect(protection)) : RoleAnswer.Ends(SessionEnding.NoRole);
    }

    private RoleAnswer Refuse(PortalSession session, HttpStatusCode status, string? error)
    {
        var known = Refusals.Contains(error, StringComparer.Ordinal);
        Log.Refused(logger, session.Id, (int)status, known ? error! : "another error");
        return known ? RoleAnswer.Ends(SessionEnding.Refused) : RoleAnswer.None;
    }

    private static string? Text(JsonDocument answer, string name) =>
        answer.RootElement.ValueKind is JsonValueKind.Object && answer.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private async Task<ClaimsPrincipal?> ValidateAsync(OpenIdConnectOptions o, string? idToken)
    {
        if (string.IsNullOrEmpty(idToken))
        {
            Log.NoIdToken(logger);
            return null;
        }

        var parameters = o.TokenValidationParameters.Clone();
        if (o.ConfigurationManager is Microsoft.IdentityModel.Tokens.BaseConfigurationManager manager)
        {
            parameters.ConfigurationManager = manager;
        }

        var result = await o.TokenHandler.ValidateTokenAsync(idToken, parameters);
        if (!result.IsValid)
        {
            Log.InvalidIdToken(logger, result.Exception);
        }

        return result.IsValid ? new ClaimsPrincipal(result.ClaimsIdentity) : null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider could not be asked about session {Session}; tried again soon.")]
        public static partial void NoAnswer(ILogger logger, Guid session, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider answered the question about session {Session} with {Status}, {Error}.")]
        public static partial void Refused(ILogger logger, Guid session, int status, string error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider answered the question about session {Session} with somebody else's token.")]
        public static partial void SomebodyElse(ILogger logger, Guid session);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider answered a refresh token without an id token, so that roles cannot be confirmed. The scope openid asks for one.")]
        public static partial void NoIdToken(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider's new id token is not valid.")]
        public static partial void InvalidIdToken(ILogger logger, Exception exception);
    }
}
