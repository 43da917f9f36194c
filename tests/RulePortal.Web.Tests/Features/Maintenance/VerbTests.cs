using Microsoft.Data.Sqlite;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Maintenance;

/// <summary>A store of its own and the command line over it.</summary>
public abstract class VerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    private protected string Folder => folder.FullName;

    private protected string StoreFile => Path.Combine(folder.FullName, "portal.db");

    private protected string Output => output.ToString();

    private protected string Error => error.ToString();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
        output.Dispose();
        error.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a verb; what it says replaces what was said before.</summary>
    private protected Task<int> RunAsync(params string[] args)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        return CommandLineRoot.RunAsync([.. args, $"--Storage:DataDirectory={folder.FullName}", "--environment=Development"], output, error);
    }

    private protected void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={StoreFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private protected object? Query(string sql, string? file = null)
    {
        using var connection = new SqliteConnection($"Data Source={file ?? StoreFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
