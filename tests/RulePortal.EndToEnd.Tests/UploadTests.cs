using System.Text;
using Microsoft.Playwright;
using RulePortal.Data.Alerts;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>A file brought in through the Connections page: refused for a bad row, stored without it, its bad row kept, the batch taken out again.</summary>
public sealed class UploadTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-upload-").FullName;

    [Fact]
    public async Task Upload_FileWithABadRow_IsRefusedThenStoredWithoutItThenWithdrawn()
    {
        await using var portal = await PortalProcess.ServeAsync(directory);
        await using var browser = await TestBrowser.LaunchAsync();
        await using var context = await browser.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = portal.Address.ToString(),
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            AcceptDownloads = true,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/connections");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Contributor" }).CheckAsync();
        await page.Button("Sign in").ClickAsync();
        await page.ReadyAsync();
        await Expect(page.GetByText("No connections are stored")).ToBeVisibleAsync();
        await page.ShootAsync("upload-1-empty");

        var file = new FilePayload { Name = "connections.ndjson", MimeType = "application/x-ndjson", Buffer = Encoding.UTF8.GetBytes(Lines()) };
        await page.GetByLabel("File of connections").SetInputFilesAsync(file);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Row 2");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("TimeGenerated");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing of the file is stored.");
        await page.ShootAsync("upload-2-refused");

        await page.GetByRole(AriaRole.Switch).CheckAsync();
        await page.GetByLabel("File of connections").SetInputFilesAsync(file);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("2 rows stored");
        await page.GetByRole(AriaRole.Link, new() { Name = "1 rejected row of batch 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Rejected rows", Exact = true })).ToContainTextAsync("yesterday");
        await page.ShootAsync("upload-3-rejected");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download NDJSON" }).ClickAsync());
        Assert.Contains("yesterday", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await page.Button("Withdraw batch 1").ClickAsync();
        await page.Button("Remove 2 rows").ClickAsync();
        await Expect(page.GetByText("Withdrawn").First).ToBeVisibleAsync();
        await page.ShootAsync("upload-4-withdrawn");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static string Lines()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return $$"""
            {"TimeGenerated":"{{now.AddHours(-2):O}}","Computer":"vm-01","Direction":"outbound","ProcessName":"nc","RemoteCountry":"Belarus"}
            {"TimeGenerated":"yesterday","Computer":"vm-01","Direction":"outbound","ProcessName":"<b>nc</b>","RemoteCountry":"Belarus"}
            {"TimeGenerated":"{{now.AddHours(-1):O}}","Computer":"vm-02","Direction":"outbound","ProcessName":"curl","RemoteCountry":"France"}
            """;
    }
}
