using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using RulePortal.Data.Alerts;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>Windows of the past that a person has filled, and rows that come after their window was evaluated: seen, judged, and alerted once.</summary>
public sealed class LateDataTests : IDisposable
{
    private const string Runs = "/rules/1c408090-0320-44d5-aba8-e55500c2cfad?tab=runs";

    /// <summary>The scheduler and the page both look once a minute.</summary>
    private const int Patience = 300_000;

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-late-").FullName;
    private readonly DateTime yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-1);

    [Fact]
    public async Task Rows_AfterABackfill_MarkTheirWindowAndAlertOnce()
    {
        await using var portal = await PortalProcess.ServeAsync(directory);
        await using var browser = await TestBrowser.LaunchAsync();
        await using var context = await browser.Browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = portal.Address.ToString(), ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/connections");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Contributor" }).CheckAsync();
        await page.Button("Sign in").ClickAsync();
        await page.ReadyAsync();
        // Ten days of ordinary hours.
        await UploadAsync(page, "ordinary", Enumerable.Range(0, 240).Select(hour => Row(yesterday.AddDays(1).AddHours(-hour).AddMinutes(-10), "nginx", "United States", 443)));

        await page.OpenAsync(Runs);
        await page.Button("Backfill").ClickAsync();
        await page.OpenDialog().GetByLabel("From").FillAsync(Typed(yesterday.AddHours(10)));
        await page.OpenDialog().GetByLabel("To").FillAsync(Typed(yesterday.AddHours(14)));
        await page.Button("Preview").ClickAsync();
        await Expect(page.OpenDialog().GetByText("4 that the rule never had")).ToBeVisibleAsync();
        await page.ShootAsync("late-1-preview");
        await page.Button("Backfill 4 windows").ClickAsync();
        var windows = page.Locator("table.runs tbody tr").Filter(new() { HasText = $"{yesterday:yyyy-MM-dd}" });
        await Expect(windows.GetByText("Below threshold", new() { Exact = true })).ToHaveCountAsync(4, new() { Timeout = Patience });
        await page.ShootAsync("late-2-filled");

        await page.OpenAsync("/connections");
        await UploadAsync(page, "late", Enumerable.Range(1, 6).Select(port => Row(yesterday.AddHours(11).AddMinutes(30), "updater", "Moldova", port)));
        await page.OpenAsync(Runs);
        await Expect(windows.GetByText("Late data: would now alert")).ToHaveCountAsync(1, new() { Timeout = Patience });
        await page.ShootAsync("late-3-would-alert");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Evaluate the window ending .* again$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await Expect(windows.GetByText("Alerted", new() { Exact = true })).ToHaveCountAsync(1);
        await Expect(windows.GetByText("Late data: would now alert")).ToHaveCountAsync(0);
        await page.ShootAsync("late-4-alerted");
        await page.OpenAsync("/alerts");
        await Expect(page.Locator("table a[href*='/alerts/']")).ToHaveCountAsync(1);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static string Typed(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static string Row(DateTime at, string process, string country, int port) =>
        $$"""{"TimeGenerated":"{{at:O}}","Computer":"vm-01","Direction":"outbound","ProcessName":"{{process}}","SourceIp":"10.0.0.4","DestinationIp":"203.0.113.9","DestinationPort":{{port}},"Protocol":"tcp","RemoteCountry":"{{country}}"}""";

    private static async Task UploadAsync(IPage page, string name, IEnumerable<string> rows)
    {
        var lines = rows.ToList();
        var file = new FilePayload { Name = $"{name}.ndjson", MimeType = "application/x-ndjson", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', lines)) };
        await page.GetByLabel("File of connections").SetInputFilesAsync(file);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"{lines.Count} rows stored");
    }
}
