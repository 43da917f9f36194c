using Microsoft.Extensions.DependencyInjection;

namespace RulePortal.Data.Connections;

/// <summary>Registers what stores and reads connections.</summary>
public static class ConnectionsServices
{
    /// <summary>Registers it.</summary>
    /// <param name="services">Where; holds or will hold a context factory and a clock.</param>
    /// <param name="dialect">Which database it is.</param>
    public static IServiceCollection AddConnections(this IServiceCollection services, Func<IServiceProvider, ConnectionDialect> dialect) => services
        .AddSingleton(dialect)
        .AddSingleton<TermCache>()
        .AddSingleton<ConnectionImporter>()
        .AddSingleton<FileImporter>()
        .AddSingleton<ConnectionHistoryFactory>()
        .AddSingleton<BatchQueries>()
        .AddSingleton<BatchWithdrawal>()
        .AddSingleton<VolumeQueries>();
}
