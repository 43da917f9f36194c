using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RulePortal.Data.Health;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Health.Probes;

/// <summary>No rule's latest window is due for longer than the limit without being started. A process that is not to evaluate is not judged by it.</summary>
internal sealed class SchedulerCheck(HealthQueries queries, IOptions<SchedulingSettings> scheduling, IOptions<HealthSettings> health) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!scheduling.Value.Enabled)
        {
            return HealthCheckResult.Healthy("This process does not evaluate rules (Scheduling:Enabled is false).");
        }

        try
        {
            var state = await queries.SchedulerAsync(scheduling.Value.IngestionDelay, cancellationToken);
            var sentence = $"The latest window of a rule waits for {HealthText.Span(state.Lag)}; the limit is {HealthText.Span(health.Value.SchedulerLagLimit)}.";
            return state.Lag <= health.Value.SchedulerLagLimit ? HealthCheckResult.Healthy(sentence) : HealthCheckResult.Unhealthy(sentence);
        }
        catch (DbException e)
        {
            return HealthCheckResult.Unhealthy("The ledger cannot be read.", e);
        }
    }
}
