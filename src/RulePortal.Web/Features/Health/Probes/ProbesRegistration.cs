using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace RulePortal.Web.Features.Health.Probes;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
internal static class ProbesRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void AddProbes(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database", timeout: Patience)
        .AddCheck<MigrationsCheck>("migrations", timeout: Patience)
        .AddCheck<SchedulerCheck>("scheduler", timeout: Patience)
        .AddCheck<DiskCheck>("disk", timeout: Patience);

    public static void MapProbes(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = ProbeAnswer.WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = ProbeAnswer.WriteAsync }).AllowAnonymous();
    }
}
