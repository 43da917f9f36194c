using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Connections.Storing;

namespace RulePortal.Data.Connections;

/// <summary>Registers what stores and reads connections.</summary>
public static class ConnectionsServices
{
    /// <summary>Registers it; whether the database is SQL Server is asked when the services are made.</summary>
    /// <param name="services">Where.</param>
    /// <param name="isSqlServer">True for SQL Server, false for SQLite.</param>
    public static IServiceCollection AddConnections(this IServiceCollection services, Func<IServiceProvider, bool> isSqlServer)
    {
        services.AddSingleton<TermCache>();
        services.AddSingleton<IConnectionDialect>(provider => isSqlServer(provider) ? new SqlServerDialect() : new SqliteDialect());
        services.AddSingleton(provider => new ConnectionImporter(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(),
            provider.GetRequiredService<IConnectionDialect>(),
            provider.GetRequiredService<TermCache>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ConnectionHistoryFactory(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(),
            provider.GetRequiredService<IConnectionDialect>(),
            provider.GetRequiredService<TermCache>()));
        return services;
    }
}
