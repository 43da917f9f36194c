using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Connections.Storing;

namespace RulePortal.Data.Connections;

/// <summary>Registers what stores and reads connections.</summary>
public static class ConnectionsServices
{
    /// <summary>Registers it for SQLite.</summary>
    public static IServiceCollection AddSqliteConnections(this IServiceCollection services) => services.AddConnections(new SqliteDialect());

    /// <summary>Registers it for SQL Server.</summary>
    public static IServiceCollection AddSqlServerConnections(this IServiceCollection services) => services.AddConnections(new SqlServerDialect());

    private static IServiceCollection AddConnections(this IServiceCollection services, IConnectionDialect dialect)
    {
        services.AddSingleton<TermCache>();
        services.AddSingleton(provider => new ConnectionImporter(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(),
            dialect,
            provider.GetRequiredService<TermCache>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ConnectionHistoryFactory(
            provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(),
            dialect,
            provider.GetRequiredService<TermCache>()));
        return services;
    }
}
