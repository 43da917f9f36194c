using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using RulePortal.Data.Security;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Security.Limits;
using RulePortal.Web.Security.Protection;
using RulePortal.Web.Security.Providers;
using RulePortal.Web.Security.Proxies;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Security;

internal static class SignInRegistration
{
    private const string CookieOrBearer = nameof(CookieOrBearer);
    private const string Bearer = "Bearer ";

    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTrustedProxies();
        builder.AddRequestLimits();
        services.AddPortalSettings<SignInSettings>();
        services.AddPortalSettings<OpenIdConnectSettings>();
        services.AddSingleton<ISettingsCheck, SignInCheck>();
        // Which schemes exist must be known before the container is; a faulty value is told by the check.
        var mode = SignInSettings.ModeOf(builder.Configuration);
        var authentication = services.AddAuthentication(o => o.DefaultScheme = CookieOrBearer)
            .AddPolicyScheme(CookieOrBearer, displayName: null, o => o.ForwardDefaultSelector = context => SchemeOf(context.Request, mode))
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, configureOptions: null);
        switch (mode)
        {
            case SignInMode.EntraId:
                authentication.AddEntra(builder.Configuration);
                break;
            case SignInMode.OpenIdConnect:
                authentication.AddOpenIdConnectProvider(builder.Configuration);
                break;
            default:
                authentication.AddCookie(CookieAuthenticationDefaults.AuthenticationScheme);
                break;
        }

        services.AddCookies(builder.Environment);
        services.AddProtection(builder.Configuration);
        services.AddPolicies();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<PeopleReader>();
        services.AddSingleton<SessionGuard>();
        services.AddSingleton<SessionCookie>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionStateProvider>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<IDraftOwner>(provider => provider.GetRequiredService<CurrentActor>());
        services.AddSecurityAudit();
        services.AddSingleton<ApiKeyUsage>();
        services.AddHostedService(s => s.GetRequiredService<ApiKeyUsage>());
        return builder;
    }

    private static void AddCookies(this IServiceCollection services, IHostEnvironment environment)
    {
        var secure = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        var prefix = environment.IsDevelopment() ? "" : "__Host-";
        services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, o =>
        {
            o.Cookie.Name = prefix + "RulePortal.Session";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.HttpOnly = true;
            o.Cookie.SecurePolicy = secure;
            o.LogoutPath = PortalUrls.SignOut;
            o.ExpireTimeSpan = Session.Length;
            o.SlidingExpiration = false;
            o.EventsType = typeof(SessionCookie);
        });
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = prefix + "RulePortal.Form";
            o.Cookie.SecurePolicy = secure;
        });
    }

    private static string SchemeOf(HttpRequest request, SignInMode? mode)
    {
        var header = request.Headers.Authorization.ToString();
        return header.Length == 0 ? CookieAuthenticationDefaults.AuthenticationScheme
            : mode is SignInMode.EntraId or SignInMode.OpenIdConnect && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && !header.AsSpan(Bearer.Length).TrimStart().StartsWith(ApiKeySecret.Mark) ? AccessTokens.Scheme
            : ApiKeyHandler.Name;
    }
}
