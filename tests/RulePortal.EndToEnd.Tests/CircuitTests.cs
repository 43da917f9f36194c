using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>The portal goes away under an open page and comes back: the page says so, and what was saved is there.</summary>
public sealed class CircuitTests : IDisposable
{
    private const string RuleAddress = "/rules/1c408090-0320-44d5-aba8-e55500c2cfad?tab=trigger";

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-circuit-").FullName;

    [Fact]
    public async Task PortalRestarted_PageSaysSoAndComesBackWithWhatWasSaved()
    {
        await using var browser = await TestBrowser.LaunchAsync();
        Uri address;
        await using var context = await browser.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        await using (var first = await PortalProcess.ServeAsync(directory))
        {
            address = first.Address;
            await page.GotoAsync(new Uri(address, RuleAddress).ToString());
            await page.GetByRole(AriaRole.Radio, new() { Name = "Contributor" }).CheckAsync();
            await page.Button("Sign in").ClickAsync();
            await page.ReadyAsync();
            await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Trigger threshold" }).FillAsync("3");
            await page.Button("Save as version 2").ClickAsync();
            await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            await Expect(page.GetByText("Version 2, saved").First).ToBeVisibleAsync();
            await first.KillAsync();
        }

        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await page.ShootAsync("connection-lost", full: false);

        await using var second = await PortalProcess.ServeAtAsync(address, directory);
        await page.ReloadAsync();
        await page.ReadyAsync();
        await Expect(page.GetByRole(AriaRole.Spinbutton, new() { Name = "Trigger threshold" })).ToHaveValueAsync("3");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
