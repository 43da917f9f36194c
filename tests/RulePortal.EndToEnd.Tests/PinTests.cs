using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>An alert that must go on firing: pinned, met when a setting would silence it, and overridden with a reason. The portal is its own, as it saves a rule.</summary>
public sealed class PinTests(DemoPortal portal) : IClassFixture<DemoPortal>
{
    private const string Rule = "/rules/1c408090-0320-44d5-aba8-e55500c2cfad";
    private const string Reason = "The country is a supplier's now.";

    [Fact]
    public async Task Engineer_PinsAnAlertAndSavesASettingThatSilencesIt_NeedsAReasonThatTheVersionKeeps()
    {
        var page = await portal.SignInAsync("Contributor");
        await page.OpenAsync("/alerts");
        await page.Locator("table a[href*='/alerts/']").First.ClickAsync();
        await page.ReadyAsync();
        await page.Button("Pin...").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Radio, new() { Name = "must fire: raise this alert in its window" }).CheckAsync();
        await page.OpenDialog().GetByLabel("Why (optional)").FillAsync("The real one.");
        await page.ShootAsync("pin-1-dialog", full: false);
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Pinned: must fire.")).ToBeVisibleAsync();
        var faults = new List<string>(await page.ShootOnScreensAsync("pin-2-alert"));
        await page.OpenAsync("/alerts");
        await Expect(page.Locator("table .pin-mark")).ToHaveCountAsync(1);
        faults.AddRange(await page.ShootOnScreensAsync("pin-3-list"));

        await page.OpenAsync($"{Rule}?tab=trigger");
        var trigger = page.GetByRole(AriaRole.Spinbutton, new() { Name = "Trigger threshold" });
        await trigger.FillAsync("900");
        await trigger.BlurAsync();
        await page.Button("Save as version 2").ClickAsync();
        await Expect(page.OpenDialog().GetByRole(AriaRole.Heading, new() { Name = "It breaks 1 pin" })).ToBeVisibleAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("does not fire, as it takes more than 900.");
        var save = page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Save and break 1 pin" });
        await Expect(save).ToBeDisabledAsync();
        foreach (var width in (int[])[390, 1280])
        {
            // The theme's button lies under the dialog; the pages before and behind it are looked at in both.
            await page.SetViewportSizeAsync(width, 900);
            await page.ShootAsync($"pin-4-refused-{width}", full: false);
            faults.AddRange(await AccessibilityTests.FaultsAsync(page, "the dialog that is refused"));
        }

        await page.OpenDialog().GetByLabel("Why it may break them").FillAsync(Reason);
        await save.ClickAsync();
        await Expect(page.GetByText("Saved as version 2.")).ToBeVisibleAsync();

        await page.OpenAsync($"{Rule}?tab=versions");
        await Expect(page.GetByText($"Broke 1 pin, because: {Reason}")).ToBeVisibleAsync();
        faults.AddRange(await page.ShootOnScreensAsync("pin-5-version"));

        await page.OpenAsync("/tuning" + Rule[6..]);
        var card = page.Locator("section[aria-labelledby=pins-title]");
        await Expect(card).ToContainTextAsync("1 of 1 pin breaks at this setting.");
        await card.ScrollIntoViewIfNeededAsync();
        faults.AddRange(await page.ShootOnScreensAsync("pin-6-tuning"));
        await card.ScreenshotAsync(new() { Path = PageExtensions.ShotPath("pin-7-card") });
        await page.OpenAsync("/tuning" + Rule[6..] + "?triggerThreshold=1");
        await Expect(card).ToContainTextAsync("0 of 1 pin break at this setting.");
        Assert.Empty(faults);
    }
}
