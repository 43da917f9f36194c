using RulePortal.Web.Features.Administration.Auditing;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Administration;

internal static class AdministrationFeature
{
    public static IServiceCollection AddAdministrationFeature(this IServiceCollection services)
    {
        services.AddPortalSettings<AuditSettings>();
        services.AddSingleton<AuditExport>();
        services.AddSingleton<AuditKeeper>();
        services.AddHostedService(s => s.GetRequiredService<AuditKeeper>());
        return services;
    }

    public static void MapAdministrationEndpoints(this WebApplication app, RouteGroupBuilder api)
    {
        AuditApi.Map(api);
        AuditFiles.Map(app);
    }
}
