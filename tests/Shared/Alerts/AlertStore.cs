using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data;
using RulePortal.TestSupport;

namespace RulePortal.Tests.Alerts;

/// <summary>A SQLite file with the alerts a test says, at an hour the test says.</summary>
internal sealed class AlertStore : IDbContextFactory<PortalDbContext>, IDisposable
{
    private static readonly Lazy<byte[]> EmptyFile = new(MakeEmptyFile);

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ruleportal-alerts-");

    public AlertStore() => File.WriteAllBytes(FileIn(directory), EmptyFile.Value);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(AlertSeed.Noon.AddHours(1)));

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public PortalDbContext CreateDbContext() => Open(directory);

    public void Dispose() => directory.Delete(recursive: true);

    private static byte[] MakeEmptyFile()
    {
        var making = Directory.CreateTempSubdirectory("ruleportal-alerts-");
        using (var db = Open(making))
        {
            db.Database.EnsureCreated();
            db.Database.ExecuteSqlRaw("PRAGMA journal_mode = 'delete'");
        }

        var file = File.ReadAllBytes(FileIn(making));
        making.Delete(recursive: true);
        return file;
    }

    private static PortalDbContext Open(DirectoryInfo directory) =>
        new(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite($"Data Source={FileIn(directory)};Pooling=False").AddInterceptors(BoundedQueries.Instance).Options);

    private static string FileIn(DirectoryInfo directory) => Path.Combine(directory.FullName, "portal.db");
}
