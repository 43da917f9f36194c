using RulePortal.Data.Overview;

namespace RulePortal.Web.Features.Overview;

internal static class OverviewFeature
{
    public static IServiceCollection AddOverviewFeature(this IServiceCollection services) => services.AddSingleton<OverviewQueries>();
}
