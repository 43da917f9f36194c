using RulePortal.Data.Alerts;

namespace RulePortal.Web.Features.Alerts;

internal static class AlertsFeature
{
    public static IServiceCollection AddAlertsFeature(this IServiceCollection services)
    {
        services.AddSingleton<AlertQueries>();
        services.AddSingleton<AlertDetailQueries>();
        services.AddSingleton<AlertTriage>();
        services.AddSingleton<AlertsChanged>();
        return services;
    }

    public static void MapAlertsEndpoints(this IEndpointRouteBuilder app, RouteGroupBuilder api)
    {
        AlertsApi.Map(api);
        TriageApi.Map(api);
        AlertsFiles.Map(app);
    }
}
