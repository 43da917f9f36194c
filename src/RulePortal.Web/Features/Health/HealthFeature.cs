using RulePortal.Data.Operations;
using RulePortal.Web.Shell.Settings;

namespace RulePortal.Web.Features.Health;

internal static class HealthFeature
{
    public static IServiceCollection AddHealthFeature(this IServiceCollection services)
    {
        services.AddPortalSettings<HealthSettings>();
        return services.AddSingleton<OperationsQueries>();
    }
}
