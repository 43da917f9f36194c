using Hangfire;
using Hangfire.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;

namespace RulePortal.Web.Storage;

/// <summary>A SQL Server database, shared by as many processes as wanted and migrated only when told to.</summary>
internal sealed class SqlServerStore(IConfiguration configuration, IOptions<DatabaseSettings> database) : PortalStore
{
    public string ConnectionString { get; } = configuration[ConnectionStringCheck.Key] ?? "";

    public override DatabaseProvider Provider => DatabaseProvider.SqlServer;

    public override string Place
    {
        get
        {
            var builder = new SqlConnectionStringBuilder(ConnectionString);
            return $"the database {builder.InitialCatalog} on {builder.DataSource}";
        }
    }

    public override bool MigratesAtStart => database.Value.MigrateAtStart;

    public override ConnectionDialect Connections => ConnectionDialect.SqlServer;

    public override string SizeSql => StoreSizeSql.SqlServer;

    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlServer(ConnectionString, o => o.MigrationsAssembly("RulePortal.Migrations.SqlServer").ExecutionStrategy(dependencies => new SqlServerRetries(dependencies)));

    // A serving process needs no right to alter the database: the verb migrate makes Hangfire's tables.
    public override void ConfigureJobs(IGlobalConfiguration jobs) =>
        jobs.UseSqlServerStorage(ConnectionString, new SqlServerStorageOptions { PrepareSchemaIfNecessary = false });

    public override async Task AfterMigrationAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        SqlServerObjectsInstaller.Install(connection);
    }
}
