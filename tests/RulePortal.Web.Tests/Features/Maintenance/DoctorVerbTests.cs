using System.Text.Json;

namespace RulePortal.Web.Tests.Features.Maintenance;

public sealed class DoctorVerbTests : VerbTests
{
    [Fact]
    public async Task Doctor_NoStore_SaysSoAndMakesNone()
    {
        Assert.Equal(1, await RunAsync("doctor"));

        Assert.Contains("There is no store yet", Error, StringComparison.Ordinal);
        Assert.False(File.Exists(StoreFile));
    }

    [Fact]
    public async Task Doctor_SoundStore_ListsEveryCheckAndExits0()
    {
        Assert.Equal(0, await RunAsync("migrate"));

        Assert.Equal(0, await RunAsync("doctor"));

        Assert.Contains("file.integrity", Output, StringComparison.Ordinal);
        Assert.Contains("The store is sound: ", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("BROKEN", Output, StringComparison.Ordinal);
        Assert.Empty(Error);
    }

    [Fact]
    public async Task Doctor_BrokenStore_NamesTableKeyAndRemedyAndExits1()
    {
        await RunAsync("migrate");
        Execute("UPDATE AnalyticsRules SET CurrentVersion = 7");

        Assert.Equal(1, await RunAsync("doctor"));

        Assert.Contains("AnalyticsRules [", Output, StringComparison.Ordinal);
        Assert.Contains("The rule's current version is 7, its last 1.", Output, StringComparison.Ordinal);
        Assert.Contains("Restore the last backup", Output, StringComparison.Ordinal);
        Assert.Contains("The store is broken: 1 faults in 1 of ", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Json_IsRead()
    {
        await RunAsync("migrate");
        Execute("UPDATE AnalyticsRules SET CurrentVersion = 7");

        Assert.Equal(1, await RunAsync("doctor", "--json"));

        using var report = JsonDocument.Parse(Output);
        Assert.False(report.RootElement.GetProperty("isSound").GetBoolean());
        var broken = report.RootElement.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("faultCount").GetInt64() > 0);
        Assert.Equal("rules.current", broken.GetProperty("name").GetString());
        Assert.Equal("AnalyticsRules", broken.GetProperty("faults")[0].GetProperty("table").GetString());
    }

    [Fact]
    public async Task Doctor_SchemaBehind_IsRefusedAndLeftAsItIs()
    {
        await RunAsync("migrate");
        Execute("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT MAX(MigrationId) FROM __EFMigrationsHistory)");

        Assert.Equal(1, await RunAsync("doctor"));

        Assert.Contains("is behind", Error, StringComparison.Ordinal);
    }
}
