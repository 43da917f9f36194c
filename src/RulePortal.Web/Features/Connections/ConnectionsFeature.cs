namespace RulePortal.Web.Features.Connections;

internal static class ConnectionsFeature
{
    public static IServiceCollection AddConnectionsFeature(this IServiceCollection services) => services.AddSingleton<IngestGate>();

    public static void MapConnectionsEndpoints(this RouteGroupBuilder api)
    {
        api.MapIngest();
        api.MapBatches();
    }
}
