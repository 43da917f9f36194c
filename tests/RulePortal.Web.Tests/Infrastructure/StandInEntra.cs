using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>Stands in for Entra's token endpoint, in memory: redeems one code, checks the PKCE verifier and the client's secret, signs the id token.</summary>
internal sealed class StandInEntra : HttpMessageHandler
{
    public const string Tenant = "11111111-1111-1111-1111-111111111111";
    public const string Person = "22222222-2222-2222-2222-222222222222";
    public const string Instance = "https://login.entra.test/";

    private readonly RSA rsa = RSA.Create(2048);

    public string? Challenge { get; set; }

    public string? Nonce { get; set; }

    public IReadOnlyList<string> Roles { get; set; } = [];

    public string Issuer { get; set; } = $"{Instance}{Tenant}/v2.0";

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Authentication:Mode"] = "EntraId",
        ["AzureAd:Instance"] = Instance,
        ["AzureAd:TenantId"] = Tenant,
        ["AzureAd:ClientId"] = "portal",
        ["AzureAd:ClientSecret"] = "client-secret",
        ["https_port"] = "443",
    };

    public void Use(IServiceCollection services) => services.PostConfigure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, o =>
    {
        var issuer = $"{Instance}{Tenant}/v2.0";
        var metadata = new OpenIdConnectConfiguration
        {
            Issuer = issuer,
            AuthorizationEndpoint = $"{Instance}{Tenant}/oauth2/v2.0/authorize",
            TokenEndpoint = $"{Instance}{Tenant}/oauth2/v2.0/token",
            EndSessionEndpoint = $"{Instance}{Tenant}/oauth2/v2.0/logout",
        };
        metadata.SigningKeys.Add(new RsaSecurityKey(rsa) { KeyId = "k1" });
        o.Configuration = metadata;
        o.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(metadata);
        o.Backchannel = new HttpClient(this, disposeHandler: false);
        // Identity.Web's own validator would ask Entra for its metadata.
        o.TokenValidationParameters.IssuerValidator = null;
        o.TokenValidationParameters.ValidIssuer = issuer;
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken));
        var verifier = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["code"] != "the-code" || form["client_secret"] != "client-secret" || verifier != Challenge)
        {
            return new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = JsonContent.Create(new { error = "invalid_grant" }) };
        }

        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["nonce"] = Nonce!, ["tid"] = Tenant, ["oid"] = Person, ["sub"] = "subject", ["name"] = "Fay Entra", ["preferred_username"] = "fay@example.test", ["ver"] = "2.0",
        };
        if (Roles.Count > 0)
        {
            claims["roles"] = Roles;
        }

        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = "portal",
            Claims = claims,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(30),
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
        });
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { token_type = "Bearer", expires_in = 1800, access_token = "opaque", id_token = token }) };
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        rsa.Dispose();
    }
}
