using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RulePortal.Web.Storage;

/// <summary>Ready means: the database answers and its schema is this build's.</summary>
internal sealed class StoreHealthCheck(SchemaReader schema) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await schema.ReadAsync(cancellationToken)).IsCurrent
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The schema is not this version's.");
        }
        catch (DbException e)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}
