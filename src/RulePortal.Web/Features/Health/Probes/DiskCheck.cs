using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Health.Probes;

/// <summary>The disk that the store grows on has room.</summary>
internal sealed class DiskCheck(IDiskSpace disk, IOptions<HealthSettings> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        try
        {
            if (disk.FreeBytes() is not { } free)
            {
                return HealthCheckResult.Healthy("The database is on another machine.");
            }

            var sentence = $"{HealthText.Bytes(free)} are free where the database is; the limit is {HealthText.Bytes(options.Value.MinimumFreeBytes)}.";
            return free >= options.Value.MinimumFreeBytes ? HealthCheckResult.Healthy(sentence) : HealthCheckResult.Unhealthy(sentence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy("The disk of the database cannot be reached.", e);
        }
    }
}
