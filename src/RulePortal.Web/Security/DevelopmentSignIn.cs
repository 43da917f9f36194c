using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using RulePortal.Data.Auditing;
using RulePortal.Web.Kit;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Security;

/// <summary>The mode Development: one picks a role, no password is asked; in the Development environment on loopback only.</summary>
internal static class DevelopmentSignIn
{
    private const string Key = "Authentication:Mode";
    private const string Others = "Set Authentication:Mode to EntraId or OpenIdConnect";

    public static void MapDevelopmentSignIn(this WebApplication app) =>
        app.MapPost(PortalUrls.SignInDevelopment, SignInAsRoleAsync).AllowAnonymous().ExcludeFromDescription();

    public static IEnumerable<string> Faults(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment())
        {
            yield return $"{Key} is Development, which lets anybody in: it is allowed only when ASPNETCORE_ENVIRONMENT is Development (it is {environment.EnvironmentName}). {Others}.";
        }

        foreach (var (key, address) in ListeningAddresses.Of(configuration).Where(a => !ListeningAddresses.IsLoopback(a.Address)))
        {
            yield return $"{Key} is Development, which lets anybody in: it is allowed only on loopback, and {key} is '{address}'. Use http://127.0.0.1:PORT, or: {Others}.";
        }

        if (!string.IsNullOrWhiteSpace(configuration["Proxies:Trusted"]))
        {
            yield return $"{Key} is Development, which lets anybody in: it is not allowed behind a proxy, and Proxies:Trusted names one. Unset it, or: {Others}.";
        }
    }

    private static async Task<IResult> SignInAsRoleAsync(HttpContext context, [FromForm] string role, [FromForm] string? returnUrl)
    {
        if (!PortalRoles.OfPeople.Contains(role, StringComparer.Ordinal))
        {
            return TypedResults.Redirect(PortalUrls.SignIn(ReturnUrl.Safe(returnUrl)));
        }

        var properties = new AuthenticationProperties();
        if (context.User.SessionId() is { } session)
        {
            properties.Items[SessionCookie.Replaces] = session.ToString();
        }

        var actor = new Actor("dev:" + role.ToLowerInvariant(), $"Development {role}");
        var principal = PortalPrincipal.Create(actor, [role], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal, properties);
        return TypedResults.LocalRedirect(ReturnUrl.Safe(returnUrl));
    }
}
