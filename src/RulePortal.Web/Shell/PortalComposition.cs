using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;
using RulePortal.Data.Security;
using RulePortal.Web.Features.Health.Probes;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;
using RulePortal.Web.Shell.Pages;
using RulePortal.Web.Shell.Telemetry;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Shell;

/// <summary>Which services exist, and in which order a request meets them.</summary>
internal static class PortalComposition
{
    /// <summary>How long requests may take to end once the process is told to stop; what runs then is cut off.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    /// <summary>What the web application and the verbs share.</summary>
    public static IServiceCollection AddCore(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddStorage();
        services.AddSingleton<ApiKeyStore>();
        return services.AddFeatures();
    }

    public static void AddRulePortal(this WebApplicationBuilder builder)
    {
        builder.Services.AddCore();
        builder.AddSecurity();
        builder.Services.AddApi();
        builder.Services.Configure<HostOptions>(host =>
        {
            // Uploads may take a while to end; evaluations are handed back meanwhile instead of after them, when no time is left.
            host.ServicesStopConcurrently = true;
            host.ShutdownTimeout = StopTime;
        });
        builder.AddTelemetry();
        builder.Services.AddProbes();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(o => o.DetailedErrors = builder.Environment.IsDevelopment());
        builder.Services.AddScoped<MinuteClock>();
        builder.Services.AddScoped<DraftBox>();
        builder.Services.AddMudServices(o =>
        {
            o.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            o.SnackbarConfiguration.PreventDuplicates = true;
        });
    }

    public static void MapRulePortal(this WebApplication app)
    {
        app.UseSecurity();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = PortalUrls.ErrorPage,
            CreateScopeForErrors = true,
            StatusCodeSelector = Problems.StatusOf,
            SuppressDiagnosticsCallback = c => c.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePagesWithReExecute(PortalUrls.StatusPage + "/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (context.Features.Get<IExceptionHandlerFeature>() is not null || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            {
                // The page that says what went wrong is got, however the request was sent.
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
        // Nearer to the endpoints than the pages' handlers, so that a program never gets a page.
        app.UseApiProblems();
        app.UseSecurityAudit();
        app.UseAuthentication();
        app.UseCallerLimit();
        app.UseRequestOrigin();
        app.UseMiddleware<SameOrigin>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseRequestTimeouts();

        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null).RequireAuthorization(Policies.CanView);
        app.MapSignIn();
        app.MapProbes();
        app.MapMetrics();
        app.MapOpenApi().RequireAuthorization(Policies.SignedIn);
        app.MapFeatures(app.MapApi());
    }
}
