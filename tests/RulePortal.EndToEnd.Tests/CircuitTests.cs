using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>The portal, or the way to it, goes away under an open page and comes back: the page says so, goes on by itself, and nothing typed is lost.</summary>
public sealed class CircuitTests : IDisposable
{
    private const string RuleAddress = "/rules/1c408090-0320-44d5-aba8-e55500c2cfad?tab=trigger";

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-circuit-").FullName;

    [Fact]
    public async Task PortalRestarted_MidEdit_ComesBackWithWhatWasSavedAndOffersWhatWasNot()
    {
        await using var browser = await TestBrowser.LaunchAsync();
        var first = await PortalProcess.ServeAsync(directory);
        var page = await OpenAsync(browser, first.Address);
        await Threshold(page).FillAsync("3");
        await SaveAsync(page, version: 2);
        await Threshold(page).FillAsync("7");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Learning period" }).FillAsync("9d");
        await first.KillAsync();
        await first.DisposeAsync();

        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await ShootAllAsync(page, "connection-lost");
        await using var second = await PortalProcess.ServeAtAsync(first.Address, directory);

        // By itself: nobody reloads.
        await Expect(page.GetByText("Unsaved changes from")).ToBeVisibleAsync();
        await ShootAllAsync(page, "draft-restored");
        await Expect(page.GetByText("Version 2, saved").First).ToBeVisibleAsync();
        await Expect(Threshold(page)).ToHaveValueAsync("7");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Learning period" })).ToHaveValueAsync("9d");
        await SaveAsync(page, version: 3);
        await Expect(page.GetByText("Unsaved changes from")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.ReadyAsync();
        await Expect(Threshold(page)).ToHaveValueAsync("7");
        await Expect(page.GetByText("Unsaved changes from")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task PortalRestarted_MidEditOfWhatAnotherSaved_SaysWhoSavedAndKeepsBoth()
    {
        await using var browser = await TestBrowser.LaunchAsync();
        var first = await PortalProcess.ServeAsync(directory);
        var mine = await OpenAsync(browser, first.Address);
        var theirs = await OpenAsync(browser, first.Address, "Administrator");
        await Threshold(mine).FillAsync("7");
        await theirs.GetByRole(AriaRole.Textbox, new() { Name = "Learning period" }).FillAsync("9d");
        await SaveAsync(theirs, version: 2);
        await first.KillAsync();
        await first.DisposeAsync();

        await using var second = await PortalProcess.ServeAtAsync(first.Address, directory);

        await Expect(mine.GetByText("saved version 2 meanwhile")).ToBeVisibleAsync();
        await mine.ShootAsync("draft-conflict");
        await mine.Button("Bring these into my form").ClickAsync();
        await Expect(Threshold(mine)).ToHaveValueAsync("7");
        await Expect(mine.GetByRole(AriaRole.Textbox, new() { Name = "Learning period" })).ToHaveValueAsync("9 d");
        await SaveAsync(mine, version: 3);
    }

    [Fact]
    public async Task WireCut_MidEdit_SaysSoAndGoesOnInTheSamePageWithWhatWasTyped()
    {
        await using var browser = await TestBrowser.LaunchAsync();
        await using var portal = await PortalProcess.ServeAsync(directory);
        var page = await NewPageAsync(browser);
        var wire = await Wire.LayAsync(page);
        await SignInAsync(page, portal.Address, "Contributor");
        await page.EvaluateAsync("window.isTheSamePage = true");
        await Threshold(page).FillAsync("6");
        await Expect(page.Button("Save as version 2")).ToBeEnabledAsync();
        // Nobody has noticed yet: what is typed now goes nowhere.
        wire.Mute();
        await Threshold(page).FillAsync("7");
        await wire.CutAsync();

        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.mud-layout').inert || document.querySelector('.mud-layout').closest('[inert]') !== null"), "The page behind the dialog takes keys that nobody reads.");
        var serious = (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => violation.Id);
        Assert.Empty(serious);
        wire.Mend();

        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();
        await Expect(page.GetByText("The connection is back.")).ToBeVisibleAsync();
        await page.ShootAsync("connection-back", full: false);
        Assert.True(await page.EvaluateAsync<bool>("window.isTheSamePage === true"));
        await SaveAsync(page, version: 2);
        await page.ReloadAsync();
        await page.ReadyAsync();
        await Expect(Threshold(page)).ToHaveValueAsync("7");
    }

    [Fact]
    public async Task WireMute_ThenReloaded_KeepsWhatTheServerNeverRead()
    {
        await using var browser = await TestBrowser.LaunchAsync();
        await using var portal = await PortalProcess.ServeAsync(directory);
        var page = await NewPageAsync(browser);
        var wire = await Wire.LayAsync(page);
        await SignInAsync(page, portal.Address, "Contributor");
        wire.Mute();
        await Threshold(page).FillAsync("7");
        wire.Mend();

        await page.ReloadAsync();
        await page.ReadyAsync();

        await Expect(Threshold(page)).ToHaveValueAsync("7");
        await Expect(page.Button("Save as version 2")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task SignedOut_ThenAnotherPerson_SeesNoDraft()
    {
        await using var browser = await TestBrowser.LaunchAsync();
        await using var portal = await PortalProcess.ServeAsync(directory);
        var page = await OpenAsync(browser, portal.Address);
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await Threshold(page).FillAsync("7");
        await Expect(page.Button("Save as version 2")).ToBeEnabledAsync();
        await page.ReloadAsync();
        await page.ReadyAsync();
        await Expect(page.GetByText("Unsaved changes from")).ToBeVisibleAsync();

        await page.Locator(".portal-account").ClickAsync();
        await page.Button("Sign out").ClickAsync();
        await page.WaitForURLAsync("**/signin**");
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
        // Somebody who left the draft behind without signing out: the tab is another's now.
        await page.EvaluateAsync("sessionStorage.setItem('draft:rule:1c408090-0320-44d5-aba8-e55500c2cfad', JSON.stringify({ person: 'dev:contributor', at: '2026-01-01T00:00:00Z', text: '{}' }))");
        await SignInAsync(page, portal.Address, "Administrator");

        await Expect(Threshold(page)).Not.ToHaveValueAsync("7");
        await Expect(page.GetByText("Unsaved changes from")).ToHaveCountAsync(0);
        Assert.Equal(0, await page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('draft:') || key.startsWith('typed:')).length"));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static ILocator Threshold(IPage page) => page.GetByRole(AriaRole.Spinbutton, new() { Name = "Trigger threshold" });

    private static async Task<IPage> NewPageAsync(TestBrowser browser) =>
        await (await browser.Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } })).NewPageAsync();

    private static async Task<IPage> OpenAsync(TestBrowser browser, Uri address, string role = "Contributor")
    {
        var page = await NewPageAsync(browser);
        await SignInAsync(page, address, role);
        return page;
    }

    private static async Task SignInAsync(IPage page, Uri address, string role)
    {
        await page.GotoAsync(new Uri(address, RuleAddress).ToString());
        await page.GetByRole(AriaRole.Radio, new() { Name = role }).CheckAsync();
        await page.Button("Sign in").ClickAsync();
        await page.ReadyAsync();
        await Expect(Threshold(page)).ToBeVisibleAsync();
    }

    private static async Task SaveAsync(IPage page, int version)
    {
        await page.Button($"Save as version {version}").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText($"Version {version}, saved").First).ToBeVisibleAsync();
    }

    /// <summary>Pictures on a desk and on a phone, in light and dark; the theme of a page is chosen without the server.</summary>
    private static async Task ShootAllAsync(IPage page, string name)
    {
        foreach (var theme in (string[])["light", "dark"])
        {
            await page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);
            foreach (var width in (int[])[1280, 390])
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Hosting.PageExtensions.ShotPath($"{name}-{width}-{theme}") });
            }
        }

        await page.SetViewportSizeAsync(1280, 900);
    }
}
