using System.Net.Http.Json;
using System.Text.Json;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Maintenance;

public sealed class RetentionTests : VerbTests
{
    [Fact]
    public async Task Preview_OldRows_CountsThemAndLeavesThem()
    {
        await ImportAsync();

        Assert.Equal(0, await RunAsync("retention", "--preview"));

        Assert.Matches(@"Connections\s+1 would go; kept 75 days, from \d{4}-\d\d-\d\d \d\d:00 UTC; the oldest is of 2020-01-01 00:00", Output);
        Assert.Equal(2L, Query("SELECT COUNT(*) FROM Connections"));
    }

    [Fact]
    public async Task Retention_OldRows_RemovesThemAndTheDoctorIsContent()
    {
        await ImportAsync();

        Assert.Equal(0, await RunAsync("retention"));

        Assert.Matches(@"Connections\s+1 went", Output);
        Assert.Equal(1L, Query("SELECT COUNT(*) FROM Connections"));
        Assert.Equal(1L, Query("SELECT COUNT(*) FROM AuditEntries WHERE Action = 'retention.run' AND Origin = 'command line'"));
        Assert.Equal(0, await RunAsync("doctor"));
    }

    [Fact]
    public async Task Settings_AlertsOrRunsShorterThanConnections_AreRefused()
    {
        Assert.Equal(1, await RunAsync("retention", "--preview", "--Retention:Connections=200.00:00:00", "--Retention:Alerts=100.00:00:00", "--Retention:Sessions=00:00:01"));

        Assert.Contains("Retention:Runs is '180.00:00:00'; allowed: Retention:Connections ('200.00:00:00') or longer.", Error, StringComparison.Ordinal);
        Assert.Contains("Retention:Alerts is '100.00:00:00'", Error, StringComparison.Ordinal);
        Assert.Contains("Retention:Sessions is '00:00:01'; allowed: 1.00:00:00 to 3650.00:00:00.", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_Administrator_SeesEveryPart()
    {
        await using var portal = new PortalFactory();
        using var client = await portal.SignInAsAsync("Administrator");

        var parts = await client.GetFromJsonAsync<JsonElement>("/api/v1/retention");

        Assert.Equal(["Connections", "Alerts", "Runs", "RejectedRows", "Sessions"], parts.EnumerateArray().Select(part => part.GetProperty("part").GetString()));
        Assert.Equal("P75D", parts[0].GetProperty("kept").GetString());
        Assert.Equal(0, parts[0].GetProperty("rowsToGo").GetInt64());
        Assert.NotNull(new RetentionSettings().ToPolicy());
    }

    private async Task ImportAsync()
    {
        var file = Path.Combine(Folder, "rows.ndjson");
        var lately = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        await File.WriteAllTextAsync(file, $$"""
            {"TimeGenerated":"2020-01-01T00:10:00Z","Computer":"vm-1","Direction":"outbound"}
            {"TimeGenerated":"{{lately:O}}","Computer":"vm-1","Direction":"outbound"}
            """);
        Assert.Equal(0, await RunAsync("import", file));
    }
}
