using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using RulePortal.Web.Security.Protection;
using RulePortal.Web.Security.Limits;
using RulePortal.Web.Security.Proxies;
using RulePortal.Web.Shell;
using RulePortal.Web.Shell.Settings;

namespace RulePortal.Web.Security;

internal static class SignInRegistration
{
    private const string CookieOrKey = nameof(CookieOrKey);

    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTrustedProxies();
        builder.AddRequestLimits();
        services.AddPortalSettings<SignInSettings>();
        services.AddSingleton<ISettingsCheck, SignInCheck>();
        var secure = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        var prefix = builder.Environment.IsDevelopment() ? "" : "__Host-";

        var authentication = services.AddAuthentication(o => o.DefaultScheme = CookieOrKey)
            .AddPolicyScheme(CookieOrKey, displayName: null, o => o.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey("Authorization") ? ApiKeyHandler.Name : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, configureOptions: null);
        // Which schemes exist must be known before the container is; a faulty value is told by the check.
        var mode = SignInSettings.ModeOf(builder.Configuration);
        if (mode is SignInMode.EntraId)
        {
            authentication.AddEntra(builder.Configuration);
        }
        else
        {
            authentication.AddCookie(CookieAuthenticationDefaults.AuthenticationScheme);
        }

        services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, o =>
        {
            o.Cookie.Name = prefix + "RulePortal.Session";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.HttpOnly = true;
            o.Cookie.SecurePolicy = secure;
            o.LogoutPath = PortalUrls.SignOut;
            o.ExpireTimeSpan = Session.Length;
            o.SlidingExpiration = false;
            o.Events.OnRedirectToLogin = context => BrowserRefusals.ChallengeAsync(context.HttpContext, mode);
            o.Events.OnRedirectToAccessDenied = context => BrowserRefusals.ForbidAsync(context.HttpContext);
        });
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = prefix + "RulePortal.Form";
            o.Cookie.SecurePolicy = secure;
        });
        services.AddProtection(builder.Configuration);

        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.CanView, p => p.RequireRole(PortalRoles.Reader, PortalRoles.Responder, PortalRoles.Contributor, PortalRoles.Administrator))
            .AddPolicy(Policies.CanRespond, p => p.RequireRole(PortalRoles.Responder, PortalRoles.Contributor, PortalRoles.Administrator))
            .AddPolicy(Policies.CanContribute, p => p.RequireRole(PortalRoles.Contributor, PortalRoles.Administrator))
            .AddPolicy(Policies.CanIngest, p => p.RequireRole(PortalRoles.Ingest, PortalRoles.Contributor, PortalRoles.Administrator))
            .AddPolicy(Policies.CanAdminister, p => p.RequireRole(PortalRoles.Administrator))
            .AddPolicy(Policies.SignedIn, p => p.RequireAuthenticatedUser())
            // An endpoint without a policy of its own is closed to all; an address that does not exist is, for whoever is signed in, just that.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .RequireAssertion(c => c.Resource is HttpContext http && http.GetEndpoint() is null)
                .Build());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionStateProvider>();
        services.AddScoped<CurrentActor>();
        services.AddSecurityAudit();
        services.AddSingleton<ApiKeyUsage>();
        services.AddHostedService(s => s.GetRequiredService<ApiKeyUsage>());
        return builder;
    }
}
