using RulePortal.Data.Alerts;
using RulePortal.Data.Pins;

namespace RulePortal.Web.Features.Alerts;

internal static class AlertsFeature
{
    public static IServiceCollection AddAlertsFeature(this IServiceCollection services)
    {
        services.AddSingleton<AlertQueries>();
        services.AddSingleton<AlertDetailQueries>();
        services.AddSingleton<AlertTriage>();
        services.AddSingleton<AlertPins>();
        services.AddSingleton<AlertsChanged>();
        return services;
    }

    public static void MapAlertsEndpoints(this IEndpointRouteBuilder app, RouteGroupBuilder api)
    {
        AlertsApi.Map(api);
        TriageApi.Map(api);
        PinApi.Map(api);
        AlertsFiles.Map(app);
    }
}
