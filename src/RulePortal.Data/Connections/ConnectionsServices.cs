using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RulePortal.Data.Connections;

/// <summary>Registers what stores and reads connections.</summary>
public static class ConnectionsServices
{
    /// <summary>Registers it.</summary>
    /// <param name="services">Where; holds or will hold a context factory and a clock.</param>
    /// <param name="dialect">Which database it is.</param>
    /// <remarks>Machines are expected to report hourly unless a <see cref="SourceExpectation"/> is registered.</remarks>
    public static IServiceCollection AddConnections(this IServiceCollection services, Func<IServiceProvider, ConnectionDialect> dialect)
    {
        services.TryAddSingleton(new SourceExpectation(TimeSpan.FromHours(1)));
        return services
            .AddSingleton(dialect)
            .AddSingleton<TermCache>()
            .AddSingleton<ConnectionSnapshots>()
            .AddSingleton<BatchQueries>()
            .AddSingleton<BatchWithdrawal>()
            .AddSingleton<VolumeQueries>()
            .AddSingleton<SourceWatch>();
    }
}
