using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.TestSupport;

namespace RulePortal.Data.Tests.Stores;

/// <summary>A database of its own on the SQL Server that a variable names, dropped at the end.</summary>
internal sealed class SqlServerTestStore : TestStore
{
    public const string Variable = "RULEPORTAL_TEST_SQLSERVER";

    private readonly string _connectionString;

    private readonly bool _owns = true;

    private SqlServerTestStore(string connectionString)
        : base(ConnectionDialect.SqlServer) => _connectionString = connectionString;

    private SqlServerTestStore(SqlServerTestStore other)
        : base(ConnectionDialect.SqlServer, other.Clock) => (_connectionString, _owns) = (other._connectionString, false);

    public static async Task<SqlServerTestStore> OpenAsync()
    {
        string? server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrWhiteSpace(server), $"{Variable} holds no connection string, so nothing runs against SQL Server.");
        var builder = new SqlConnectionStringBuilder(server) { InitialCatalog = $"ruleportal_test_{Guid.NewGuid():N}" };
        var store = new SqlServerTestStore(builder.ConnectionString);
        await using PortalDbContext db = store.CreateDbContext();
        await db.Database.MigrateAsync();
        return store;
    }

    public override TestStore Another() => new SqlServerTestStore(this);

    public override PortalDbContext CreateDbContext() => new(new DbContextOptionsBuilder<PortalDbContext>()
        .UseSqlServer(_connectionString, options => options.MigrationsAssembly("RulePortal.Migrations.SqlServer").ExecutionStrategy(dependencies => new SqlServerRetries(dependencies)))
        .AddInterceptors(BoundedQueries.Instance)
        .Options);

    public override async ValueTask DisposeAsync()
    {
        Importer.Dispose();
        if (_owns)
        {
            await using PortalDbContext db = CreateDbContext();
            await db.Database.EnsureDeletedAsync();
        }
    }
}
