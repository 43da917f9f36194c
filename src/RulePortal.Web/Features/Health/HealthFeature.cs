using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RulePortal.Data.Health;
using RulePortal.Web.Features.Health.Circuits;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Health;

/// <summary>The probes' and the page's services.</summary>
internal static class HealthFeature
{
    public static IServiceCollection AddHealthFeature(this IServiceCollection services)
    {
        services.AddPortalSettings<HealthSettings>();
        services.AddSingleton<HealthQueries>();
        services.AddSingleton<HealthReader>();
        services.AddSingleton<CircuitCount>();
        services.AddScoped<CircuitHandler, CircuitCounter>();
        services.TryAddSingleton<IJobMonitor, HangfireJobs>();
        return services;
    }
}
