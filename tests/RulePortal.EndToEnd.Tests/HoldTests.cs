using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>A rule is given settings that find far too much; it is held, and a person lets it go on. In a portal of its own, as it changes the rule.</summary>
public sealed class HoldTests(DemoPortal portal) : IClassFixture<DemoPortal>
{
    private const string RuleAddress = "/rules/1c408090-0320-44d5-aba8-e55500c2cfad";

    [Fact]
    public async Task Engineer_SavesSettingsThatFindTooMuch_TheRuleIsHeldUntilTheWindowMayAlert()
    {
        var page = await portal.SignInAsync("Contributor");
        var faults = new List<string>();
        await page.OpenAsync("/alerts");
        await page.Locator("table a[href*='/alerts/']").First.ClickAsync();
        await page.ReadyAsync();
        var forecast = page.GetByRole(AriaRole.Region, new() { Name = "How long the rule still finds this" });
        await Expect(forecast).ToContainTextAsync("common");
        await forecast.ScrollIntoViewIfNeededAsync();
        faults.AddRange(await page.ShootOnScreensAsync("forecast"));

        await page.OpenAsync($"{RuleAddress}?tab=detector");
        foreach (var threshold in (string[])["Country threshold", "Tuple threshold"])
        {
            await page.GetByRole(AriaRole.Spinbutton, new() { Name = threshold }).FillAsync("1000000");
        }

        await page.GetByLabel("Keep alerts out of the baseline").CheckAsync();
        await Expect(page.GetByText("A country that alerted stays rare").First).ToBeVisibleAsync();
        faults.AddRange(await page.ShootOnScreensAsync("kept-out-setting"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Trigger", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Hold above" }).FillAsync("5");
        await Expect(page.GetByText("Above 5 result rows it is held until a person decides.").First).ToBeVisibleAsync();
        faults.AddRange(await page.ShootOnScreensAsync("hold-setting"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as version 2" }).ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Version 2, saved").First).ToBeVisibleAsync();

        await page.Button("Run now").ClickAsync();
        var banner = page.GetByRole(AriaRole.Region, new() { Name = "This rule is held" });
        await Expect(banner).ToBeVisibleAsync();
        await Expect(page.Button("Run now")).ToBeDisabledAsync();
        faults.AddRange(await page.ShootOnScreensAsync("held-rule"));
        await page.OpenAsync("/health-page");
        await Expect(page.GetByText("is held and waits for a person").First).ToBeVisibleAsync();
        await page.ShootAsync("held-health");
        await page.OpenAsync("/rules");
        await Expect(page.GetByText("It waits for a person.").First).ToBeVisibleAsync();
        await page.OpenAsync($"{RuleAddress}?tab=runs&show=held");
        await Expect(page.GetByText("Held, waits for a person").First).ToBeVisibleAsync();
        await page.ShootAsync("held-runs");

        await page.Button("Let this window alert").ClickAsync();
        await Expect(banner).ToHaveCountAsync(0);
        await page.OpenAsync($"{RuleAddress}?tab=runs");
        await Expect(page.GetByText("exceeded the threshold").First).ToBeVisibleAsync();
        Assert.Empty(faults);
    }
}
