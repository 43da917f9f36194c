using Microsoft.Extensions.DependencyInjection.Extensions;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Data.Pins;
using RulePortal.Web.Kit;

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
        services.AddEvaluation();
        return services;
    }

    public static void MapAlertsEndpoints(this IEndpointRouteBuilder app, RouteGroupBuilder api)
    {
        AlertsApi.Map(api);
        TriageApi.Map(api);
        PinApi.Map(api);
        ReplayApi.Map(api);
        AlertsFiles.Map(app);
    }
}
