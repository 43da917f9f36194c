using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security;

internal static class SecurityAuditRegistration
{
    public static IServiceCollection AddSecurityAudit(this IServiceCollection services) => services
        .AddSingleton<DeniedAttempts>()
        .AddSingleton<SecurityAudit>()
        .AddSingleton<DeniedAttemptsWriter>()
        .AddHostedService(s => s.GetRequiredService<DeniedAttemptsWriter>());

    /// <summary>Notes every request that is answered with 401 or 403, whoever refused it. A page is led to sign in or to the refusal instead, which is noted there.</summary>
    public static IApplicationBuilder UseSecurityAudit(this IApplicationBuilder app)
    {
        var audit = app.ApplicationServices.GetRequiredService<SecurityAudit>();
        return app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
            {
                audit.RequestRefused(context);
            }
        });
    }
}
