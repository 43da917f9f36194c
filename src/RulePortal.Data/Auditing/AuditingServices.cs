using Microsoft.Extensions.DependencyInjection;

namespace RulePortal.Data.Auditing;

/// <summary>Registers what writes, seals and reads the trail.</summary>
public static class AuditingServices
{
    /// <summary>Registers it.</summary>
    /// <param name="services">Where; holds or will hold a context factory and a clock.</param>
    public static IServiceCollection AddAuditing(this IServiceCollection services) => services
        .AddSingleton<AuditRecorder>()
        .AddSingleton<AuditSealer>()
        .AddSingleton<AuditVerifier>()
        .AddSingleton<AuditRetention>()
        .AddSingleton<AuditQueries>();
}
