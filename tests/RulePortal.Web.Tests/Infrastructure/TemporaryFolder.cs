using Microsoft.Data.Sqlite;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ruleportal-web-");

    public string FullName => directory.FullName;

    public string File(string name) => Path.Combine(FullName, name);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }
}
