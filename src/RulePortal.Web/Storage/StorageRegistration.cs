using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddPortalSettings<DatabaseSettings>();
        services.AddPortalSettings<StorageSettings>();
        services.AddSingleton<ISettingsCheck, ConnectionStringCheck>();
        // The only place that asks which database it is.
        services.AddSingleton<PortalStore>(s => s.GetRequiredService<IOptions<DatabaseSettings>>().Value.Provider is DatabaseProvider.SqlServer
            ? ActivatorUtilities.CreateInstance<SqlServerStore>(s)
            : ActivatorUtilities.CreateInstance<SqliteStore>(s));
        services.AddDbContextFactory<PortalDbContext>((s, options) => s.GetRequiredService<PortalStore>().Configure(options));
        services.AddConnections(s => s.GetRequiredService<PortalStore>().Connections).AddIntake();
        services.AddAuditing();
        services.AddSingleton<SchemaReader>();
        services.AddSingleton<IDiskSpace, DiskSpace>();
        services.AddSingleton<StorePreparation>();
        services.AddSingleton<StoreCopies>();
        return services;
    }
}
