using RulePortal.Data.Maintenance.Doctor;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Maintenance;

/// <summary>Keeping a store well: the doctor, retention, backup and restore.</summary>
internal static class MaintenanceFeature
{
    public static IServiceCollection AddMaintenanceFeature(this IServiceCollection services)
    {
        services.AddPortalSettings<RetentionSettings>();
        services.AddSingleton<StoreDoctor>();
        services.AddSingleton<RetentionSweep>();
        services.AddHostedService<RetentionStartup>();
        return services;
    }

    public static void MapMaintenanceEndpoints(RouteGroupBuilder api) => RetentionApi.Map(api);
}
