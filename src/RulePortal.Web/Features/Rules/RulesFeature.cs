using RulePortal.Data.Rules;
using RulePortal.Web.Features.Rules.Api;
using RulePortal.Web.Features.Rules.Testing;

namespace RulePortal.Web.Features.Rules;

/// <summary>Rules as people and programs see and change them.</summary>
internal static class RulesFeature
{
    public static IServiceCollection AddRulesFeature(this IServiceCollection services)
    {
        services.AddSingleton<RuleQueries>();
        services.AddSingleton<RuleTimetable>();
        services.AddSingleton<RuleTester>();
        return services;
    }

    public static void MapRulesEndpoints(this RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("Rules");
        RuleEndpoints.Map(rules);
        RuleHistoryEndpoints.Map(api, rules);
        RuleTestEndpoint.Map(rules);
    }
}
