using RulePortal.Data.Operations.Doctor;
using RulePortal.Data.Operations.Retention;
using RulePortal.Web.Shell.Settings;

namespace RulePortal.Web.Features.Operations;

/// <summary>Keeping a store well: the doctor, retention, backup and restore.</summary>
internal static class OperationsFeature
{
    public static IServiceCollection AddOperationsFeature(this IServiceCollection services)
    {
        services.AddPortalSettings<RetentionSettings>();
        services.AddSingleton<StoreDoctor>();
        services.AddSingleton<RetentionSweep>();
        services.AddSingleton<StoreCopies>();
        services.AddHostedService<RetentionStartup>();
        return services;
    }

    public static void MapOperationsEndpoints(RouteGroupBuilder api) => RetentionApi.Map(api);
}
