using Microsoft.Extensions.DependencyInjection.Extensions;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Evaluation;
using RulePortal.Web.Features.Tuning.Api;

namespace RulePortal.Web.Features.Tuning;

/// <summary>What another setting would have done.</summary>
internal static class TuningFeature
{
    public static IServiceCollection AddTuningFeature(this IServiceCollection services)
    {
        services.AddEvaluation();
        services.TryAddSingleton<AlertDetailQueries>();
        return services;
    }

    public static void MapTuningEndpoints(this RouteGroupBuilder api) => SimulationEndpoint.Map(api.MapGroup("/rules").WithTags("Rules"));
}
