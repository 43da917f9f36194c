using RulePortal.Data.Analytics;
using RulePortal.Web.Features.Analytics.Api;
using RulePortal.Web.Features.Analytics.Testing;

namespace RulePortal.Web.Features.Analytics;

/// <summary>Rules as people and programs see and change them.</summary>
internal static class AnalyticsFeature
{
    public static IServiceCollection AddAnalyticsFeature(this IServiceCollection services)
    {
        services.AddSingleton<RuleQueries>();
        services.AddSingleton<RuleTimetable>();
        services.AddSingleton<RuleTester>();
        return services;
    }

    public static void MapAnalyticsEndpoints(this RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("Rules");
        RuleEndpoints.Map(rules);
        RuleHistoryEndpoints.Map(api, rules);
        RuleTestEndpoint.Map(rules);
    }
}
