using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using RulePortal.Data.Connections;
using RulePortal.Migrations.SqlServer;

namespace RulePortal.Data.Tests.SqlServer;

/// <summary>The SQL Server schema, parsed and modelled; never run here.</summary>
public sealed class SqlServerSchemaTests
{
    [Fact]
    public void IdempotentScript_WholeHistory_Parses()
    {
        using PortalDbContext db = new DesignTimeFactory().CreateDbContext([]);

        string script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.Contains("CREATE VIEW [VMConnection]", script, StringComparison.Ordinal);
        Assert.Empty(Batches(script).SelectMany(TSql.Faults));
    }

    [Fact]
    public void ViewScript_InsideItsExec_Parses() => Assert.Empty(TSql.Faults(ViewScript()));

    [Fact]
    public void Triggers_InsideTheirExec_Parse() => Assert.Empty(AuditTriggers.Statements.SelectMany(TSql.Faults));

    [Fact]
    public void LoginsOfCompose_Parse() => Assert.Empty(TSql.Faults(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "create-logins.sql"))));

    [Fact]
    public void CreateScript_WithTheViewAndTheTriggers_IsAValidModel()
    {
        using PortalDbContext db = new DesignTimeFactory().CreateDbContext([]);
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());

        // A model has no rows: the chain's first head is parsed above, in the script.
        foreach (string batch in Batches(db.Database.GenerateCreateScript()).Where(batch => !batch.Contains("INSERT INTO", StringComparison.Ordinal)).Append(ViewScript()).Concat(AuditTriggers.Statements))
        {
            model.AddObjects(batch);
        }

        Assert.Empty(model.Validate().Select(message => message.ToString()));
        Assert.NotEmpty(model.GetObjects(DacQueryScopes.UserDefined, View.TypeClass));
        Assert.Equal(AuditTriggers.Statements.Count, model.GetObjects(DacQueryScopes.UserDefined, DmlTrigger.TypeClass).Count());
    }

    [Fact]
    public void Model_ColumnThatIsNot_IsRefused()
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());

        model.AddObjects("CREATE TABLE [a] ([x] int NOT NULL PRIMARY KEY); ");
        model.AddObjects("CREATE VIEW [b] AS SELECT t.[y] FROM [dbo].[a] AS t;");

        Assert.NotEmpty(model.Validate());
    }

    private static IEnumerable<string> Batches(string script) =>
        script.Split(["\nGO\n", "\r\nGO\r\n"], StringSplitOptions.RemoveEmptyEntries).Where(batch => !string.IsNullOrWhiteSpace(batch));

    private static string ViewScript()
    {
        using PortalDbContext db = new DesignTimeFactory().CreateDbContext([]);
        string exec = VmConnectionView.CreateForSqlServer(db.GetService<IDesignTimeModel>().Model).Trim();
        return exec[(exec.IndexOf('\'') + 1)..exec.LastIndexOf('\'')].Replace("''", "'", StringComparison.Ordinal);
    }
}
