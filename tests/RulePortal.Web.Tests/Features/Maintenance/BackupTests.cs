using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Detection.Connections;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Tests.Features.Maintenance;

public sealed class BackupTests : VerbTests
{
    private string Copy => Path.Combine(Folder, "copies", "portal.db");

    [Fact]
    public async Task Backup_ThenRestore_BringsBackWhatWasThereAndKeepsTheOther()
    {
        await PrepareAsync();
        Assert.Equal(0, await RunAsync("backup", Copy));
        Assert.Contains("sound by all", Output, StringComparison.Ordinal);
        Execute("DELETE FROM Connections; DELETE FROM ConnectionBatches");

        Assert.Equal(0, await RunAsync("restore", Copy));

        Assert.Equal(2L, Query("SELECT COUNT(*) FROM Connections"));
        Assert.Equal(0, await RunAsync("doctor"));
        var aside = Assert.Single(Directory.GetFiles(Folder, "portal.db.before-*"));
        Assert.Equal(0L, Query("SELECT COUNT(*) FROM Connections", aside));
        Assert.Equal(1L, Query("SELECT COUNT(*) FROM AuditEntries WHERE Action = 'store.restore'"));
        Assert.Equal(1L, Query("SELECT COUNT(*) FROM AuditEntries WHERE Action = 'store.backup'", aside));
        Assert.Empty(Directory.GetFiles(Folder, "restoring-*"));
        Assert.Equal([Copy], Directory.GetFiles(Path.GetDirectoryName(Copy)!));
    }

    [Fact]
    public async Task Backup_FileExists_IsRefused()
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(Copy, "mine");

        Assert.Equal(1, await RunAsync("backup", Copy));

        Assert.Contains("a backup overwrites nothing", Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Copy));
    }

    [Fact]
    public async Task Backup_BrokenStore_KeepsNoCopy()
    {
        await PrepareAsync();
        Execute("UPDATE AnalyticsRules SET CurrentVersion = 7");

        Assert.Equal(1, await RunAsync("backup", Copy));

        Assert.Contains("rules.current", Output, StringComparison.Ordinal);
        Assert.Contains("The copy is not sound", Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Copy)!));
    }

    [Fact]
    public async Task Backup_NoSuchFolder_SaysSo()
    {
        await PrepareAsync();

        Assert.Equal(1, await RunAsync("backup", Path.Combine(Folder, "nowhere", "copy.db")));

        Assert.Contains("cannot be read or written as a store", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_BrokenOrForeignOrNewerOrMissing_IsRefusedAndTheStoreLeft()
    {
        await PrepareAsync();
        Assert.Equal(0, await RunAsync("backup", Copy));
        await File.WriteAllTextAsync(Copy + ".text", "This is no database at all, whatever it is called.");
        File.Copy(Copy, Copy + ".newer");
        ExecuteIn(Copy + ".newer", "INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Later', '99')");
        File.Copy(Copy, Copy + ".broken");
        ExecuteIn(Copy + ".broken", "UPDATE AnalyticsRules SET CurrentVersion = 7");

        Assert.Equal(1, await RunAsync("restore", Copy + ".text"));
        Assert.Contains("cannot be read or written as a store", Error, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("restore", Copy + ".newer"));
        Assert.Contains("was made by a newer RulePortal: it has the migration 99990101000000_Later", Error, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("restore", Copy + ".broken"));
        Assert.Contains("The backup is not sound; the store was left as it is.", Error, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("restore", Copy + ".missing"));
        Assert.Contains("There is no file", Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder, "portal.db.before-*"));
        Assert.Equal(0, await RunAsync("doctor"));
    }

    [Fact]
    public async Task Restore_WhileServing_IsRefused()
    {
        await PrepareAsync();
        Assert.Equal(0, await RunAsync("backup", Copy));
        await using var serving = new FileStream(StoreFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(1, await RunAsync("restore", Copy));

        Assert.Contains("A running RulePortal is serving", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_WhileOthersWrite_IsSoundAtSomeInstant()
    {
        await PrepareAsync();
        using var importer = new ConnectionImporter(new SqliteCopy(StoreFile), ConnectionDialect.Sqlite, new TermCache(), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var writing = Task.Run(async () =>
        {
            for (var batch = 0; !stop.IsCancellationRequested; batch++)
            {
                var rows = Enumerable.Range(0, 200).Select(row => new Detection.Connections.VmConnection { TimeGenerated = now.AddMilliseconds(-row), Direction = "outbound", Computer = $"vm-{batch}" });
                await importer.ImportAsync(new BatchFacts(BatchOrigin.Api, Actor.System) { Key = $"batch-{batch}" }, rows.ToAsyncEnumerable(), CancellationToken.None);
            }
        });

        var exit = await RunAsync("backup", Copy);
        await stop.CancelAsync();
        await writing;

        Assert.True(exit == 0, Output + Error);
        Assert.Equal(0, await RunAsync("doctor"));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Verb_OnSqlServer_SaysWhatToUse(string verb)
    {
        Assert.Equal(1, await RunAsync(verb, Copy, "--Database:Provider=SqlServer", "--ConnectionStrings:Portal=Server=nowhere;Database=none"));

        Assert.Contains("Use the server's own BACKUP DATABASE and RESTORE DATABASE", Error, StringComparison.Ordinal);
    }

    private async Task PrepareAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Copy)!);
        var file = Path.Combine(Folder, "rows.ndjson");
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await File.WriteAllTextAsync(file, $$"""
            {"TimeGenerated":"{{now.AddHours(-2):O}}","Computer":"vm-1","Direction":"outbound"}
            {"TimeGenerated":"{{now.AddHours(-1):O}}","Computer":"vm-1","Direction":"outbound"}
            """);
        Assert.Equal(0, await RunAsync("import", file));
    }

    private void ExecuteIn(string file, string sql)
    {
        using var db = new SqliteCopy(file).CreateDbContext();
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRaw(db.Database, sql);
        Assert.StartsWith(Folder, file, StringComparison.Ordinal);
    }
}
