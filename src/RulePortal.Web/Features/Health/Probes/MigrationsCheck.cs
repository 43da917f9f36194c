using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Health.Probes;

/// <summary>The schema is this build's.</summary>
internal sealed class MigrationsCheck(SchemaReader schema) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await schema.ReadAsync(cancellationToken) switch
            {
                { IsCurrent: true } => HealthCheckResult.Healthy("The schema is this version's."),
                { Unknown.Count: > 0 } => HealthCheckResult.Unhealthy("A newer version has changed the schema."),
                _ => HealthCheckResult.Unhealthy("The schema is behind this version."),
            };
        }
        catch (DbException e)
        {
            return HealthCheckResult.Unhealthy("The schema cannot be read.", e);
        }
    }
}
