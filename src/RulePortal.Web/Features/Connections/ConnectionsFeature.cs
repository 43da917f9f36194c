using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RulePortal.Data.Connections;
using RulePortal.Web.Kit.Banners;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Connections;

internal static class ConnectionsFeature
{
    public static IServiceCollection AddConnectionsFeature(this IServiceCollection services)
    {
        services.AddPortalSettings<SourceSettings>();
        services.Replace(ServiceDescriptor.Singleton(s => new SourceExpectation(s.GetRequiredService<IOptions<SourceSettings>>().Value.ExpectedInterval)));
        services.AddSingleton<IPortalBanner, SilenceBanner>();
        return services.AddSingleton<IngestGate>();
    }

    public static void MapConnectionsEndpoints(this RouteGroupBuilder api)
    {
        api.MapIngest();
        api.MapBatches();
        api.MapSources();
    }
}
