using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.Tokens;
using RulePortal.Data;
using RulePortal.Web.Security;

namespace RulePortal.TestSupport.Identity;

/// <summary>The stand-in's pages and endpoints.</summary>
internal sealed class StandInEndpoints(StandInProvider provider)
{
    private const string RememberedAccount = "stand-in-account";

    private string Root => provider.Shape is StandInShape.Entra ? $"/{StandInProvider.Tenant}/oauth2/v2.0" : "/realms/soc/protocol/openid-connect";

    public void Map(IEndpointRouteBuilder app)
    {
        if (provider.Shape is StandInShape.Entra)
        {
            // Entra answers for the tenant, and for names such as common that a client may ask about issuers.
            app.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", () => Discovery(provider.Issuer));
            app.MapGet("/{tenant}/.well-known/openid-configuration", () => Discovery(StandInProvider.IssuerOfVersion1));
        }
        else
        {
            app.MapGet("/realms/soc/.well-known/openid-configuration", () => Discovery(provider.Issuer));
        }

        app.MapGet(Root + "/keys", () => Results.Json(new { keys = provider.Keys.Published() }));
        app.MapGet(Root + "/authorize", Authorize);
        app.MapPost(Root + "/authorize", (Delegate)SignIn);
        app.MapPost(Root + "/token", (Delegate)TokenAsync);
        app.MapGet(Root + "/logout", SignOut);
    }

    private IResult Discovery(string issuer) => Results.Json(new
    {
        issuer,
        authorization_endpoint = At("/authorize"),
        token_endpoint = At("/token"),
        end_session_endpoint = At("/logout"),
        jwks_uri = At("/keys"),
        response_types_supported = new[] { "code" },
        response_modes_supported = new[] { "query", "form_post" },
        subject_types_supported = new[] { "pairwise" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
        code_challenge_methods_supported = new[] { "S256" },
        scopes_supported = new[] { "openid", "profile", "offline_access" },
        token_endpoint_auth_methods_supported = new[] { "client_secret_post" },
    });

    private string At(string path) => provider.Address.ToString().TrimEnd('/') + Root + path;

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        var wrong = Wrong(query);
        if (wrong is not null)
        {
            return Results.Text(wrong, statusCode: StatusCodes.Status400BadRequest);
        }

        // Whoever signed in here before is not asked again, unless the portal wants it.
        return context.Request.Cookies.ContainsKey(RememberedAccount) && !query.ContainsKey("prompt")
            ? Back(query)
            : Page($"<h1>Stand-in sign-in</h1><form method=post action=\"{Root}/authorize\">{Fields(query)}<button>Sign in as {WebUtility.HtmlEncode(provider.Person.UserName)}</button></form>");
    }

    private string? Wrong(Dictionary<string, string> query) =>
        query.GetValueOrDefault("client_id") != provider.ClientId ? "client_id"
        : query.GetValueOrDefault("response_type") != "code" ? "response_type"
        : query.GetValueOrDefault("code_challenge_method") != "S256" || query.GetValueOrDefault("code_challenge") is not { Length: 43 } ? "code_challenge"
        : !query.GetValueOrDefault("redirect_uri", "").EndsWith("/signin-oidc", StringComparison.Ordinal) ? "redirect_uri"
        : !query.GetValueOrDefault("scope", "").Split(' ').Contains("openid", StringComparer.Ordinal) ? "scope"
        : string.IsNullOrEmpty(query.GetValueOrDefault("nonce")) ? "nonce"
        : string.IsNullOrEmpty(query.GetValueOrDefault("state")) ? "state"
        : null;

    private async Task<IResult> SignIn(HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        context.Response.Cookies.Append(RememberedAccount, "yes", new CookieOptions { HttpOnly = true, Secure = true });
        return Wrong(form) is { } wrong ? Results.Text(wrong, statusCode: StatusCodes.Status400BadRequest) : Back(form);
    }

    private IResult Back(Dictionary<string, string> request)
    {
        var offline = request["scope"].Split(' ').Contains("offline_access", StringComparer.Ordinal);
        var code = provider.Give(new StandInGrant(request["nonce"], request["redirect_uri"], request["code_challenge"], offline));
        var answer = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code, ["state"] = request["state"] };
        return request.GetValueOrDefault("response_mode") == "form_post"
            ? Page($"<body onload=\"document.forms[0].submit()\"><form method=post action=\"{WebUtility.HtmlEncode(request["redirect_uri"])}\">{Fields(answer)}</form>")
            : Results.Redirect(request["redirect_uri"] + QueryString.Create(answer!));
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (provider.Faults.Down)
        {
            return Results.Text("Down for maintenance", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (form["client_id"] != provider.ClientId || form["client_secret"] != provider.ClientSecret)
        {
            return Error("invalid_client");
        }

        return form["grant_type"].ToString() switch
        {
            "authorization_code" => OfCode(form),
            "refresh_token" => OfRefreshToken(form),
            _ => Error("unsupported_grant_type"),
        };
    }

    private IResult OfCode(IFormCollection form)
    {
        var grant = provider.Take(form["code"].ToString());
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return grant is null || grant.Challenge != challenge || form["redirect_uri"] != grant.RedirectUri
            ? Error("invalid_grant")
            : Tokens(provider.Tokens.IdToken(grant.Nonce), grant.Offline && !provider.Faults.NoRefreshToken ? provider.Person : null);
    }

    private IResult OfRefreshToken(IFormCollection form)
    {
        var holder = provider.TakeRefreshToken(form["refresh_token"].ToString());
        return provider.Faults.RefreshError is { } error ? Error(error)
            : holder is null ? Error("invalid_grant")
            : Tokens(provider.Faults.NoIdTokenOnRefresh ? null : provider.Tokens.IdToken(nonce: null, holder), holder);
    }

    private IResult Tokens(string? idToken, StandInPerson? refreshed)
    {
        var answer = new Dictionary<string, object>(StringComparer.Ordinal) { ["token_type"] = "Bearer", ["expires_in"] = 3600, ["access_token"] = provider.Noted("access-" + Guid.NewGuid().ToString("N")) };
        if (idToken is not null)
        {
            answer["id_token"] = provider.Noted(idToken);
        }

        if (refreshed is not null)
        {
            answer["refresh_token"] = provider.GiveRefreshToken(refreshed);
        }

        return Results.Json(answer);
    }

    private IResult SignOut(HttpContext context)
    {
        var query = context.Request.Query.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        provider.SignedOut = query;
        context.Response.Cookies.Delete(RememberedAccount);
        var state = query.TryGetValue("state", out var given) ? QueryString.Create("state", given).ToString() : "";
        return query.TryGetValue("post_logout_redirect_uri", out var back) ? Results.Redirect(back + state) : Page("<h1>Signed out</h1>");
    }

    private static IResult Error(string error) => Results.Json(new { error, error_description = "Said by the stand-in." }, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Page(string body) => Results.Content("<!doctype html><html lang=en><title>Stand-in</title>" + body + "</html>", "text/html; charset=utf-8");

    private static string Fields(Dictionary<string, string> values) =>
        string.Concat(values.Select(p => $"<input type=hidden name=\"{WebUtility.HtmlEncode(p.Key)}\" value=\"{WebUtility.HtmlEncode(p.Value)}\">"));
}
