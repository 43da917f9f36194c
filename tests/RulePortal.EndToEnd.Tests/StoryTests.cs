using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>What a person does in the first minutes: sees alerts, reads why, works one, tunes the rule.</summary>
[Collection(DemoTests.Name)]
public sealed partial class StoryTests(DemoPortal portal)
{
    private const string RuleAddress = "/rules/1c408090-0320-44d5-aba8-e55500c2cfad";

    [Fact]
    public async Task Analyst_ReadsWhyAnAlertFired_AcknowledgesAndClosesIt()
    {
        var page = await portal.SignInAsync("Responder");
        await page.OpenAsync("/alerts?status=New");
        await page.ShootAsync("story-1-alerts");
        await page.Locator("table a[href*='/alerts/']").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(AlertAddress());
        await page.ReadyAsync();

        var why = page.GetByRole(AriaRole.Region, new() { Name = "Measures" });
        await Expect(why).ToContainTextAsync("country", new() { IgnoreCase = true });
        await Expect(why.GetByRole(AriaRole.Row)).Not.ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why it fired" })).ToBeVisibleAsync();
        await page.ShootAsync("story-2-alert");

        await page.Button("Acknowledge").ClickAsync();
        await Expect(page.GetByText("Acknowledged").First).ToBeVisibleAsync();
        await Expect(page.Button("Acknowledge")).ToHaveCountAsync(0);

        await page.Button("Close...").ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Radio, new() { Name = "Benign positive - suspicious but expected" }).CheckAsync();
        await page.OpenDialog().GetByLabel("Comment").FillAsync("The backup moved to a new region.");
        await page.ShootAsync("story-3-close");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Close alert" }).ClickAsync();
        await Expect(page.Button("Reopen")).ToBeVisibleAsync();
        await Expect(page.GetByText("The backup moved to a new region.")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await page.ReadyAsync();
        await Expect(page.GetByText("The backup moved to a new region.")).ToBeVisibleAsync();
        await page.ShootAsync("story-4-closed");
    }

    [Fact]
    public async Task Engineer_TriesAndSavesOtherSettings_NextEvaluationUsesThem()
    {
        var page = await portal.SignInAsync("Contributor");
        await page.OpenAsync($"{RuleAddress}?tab=detector");
        var country = page.GetByRole(AriaRole.Spinbutton, new() { Name = "Country threshold" });
        await country.FillAsync("6");
        var lookback = page.GetByLabel("Country lookback");
        await lookback.FillAsync("20d");
        await lookback.BlurAsync();
        await Expect(page.GetByText("20 d").First).ToBeVisibleAsync();
        await page.Button("Test with current data").ClickAsync();
        await Expect(page.GetByText(ResultRows()).First).ToBeVisibleAsync();
        await page.ShootAsync("story-5-rule-test");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = SaveAsVersion() }).ClickAsync();
        await page.OpenDialog().GetByLabel("Why (optional)").FillAsync("A sixth minute is still rare.");
        await page.ShootAsync("story-6-save");
        await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText(Version(2)).First).ToBeVisibleAsync();

        await page.Button("Run now").ClickAsync();
        await page.OpenAsync($"{RuleAddress}?tab=runs");
        await Expect(page.GetByText(RunByPerson()).First).ToBeVisibleAsync();
        await page.ShootAsync("story-7-runs");
        await page.OpenAsync($"{RuleAddress}?tab=versions");
        await Expect(page.GetByText("A sixth minute is still rare.").First).ToBeVisibleAsync();
        await page.ShootAsync("story-8-versions");
        Assert.Empty(await AccessibilityTests.FaultsAsync(page, "two versions"));
        await page.Button("Compare on the last 30 days").ClickAsync();
        await Expect(page.Locator("#versions .tuning-numbers")).ToContainTextAsync("only in B (version 2, as saved)");
        await Expect(page.Locator("#versions")).ToBeInViewportAsync();
        await page.ShootAsync("story-9-versions-compared");
        Assert.Empty(await AccessibilityTests.FaultsAsync(page, "two versions compared"));
    }

    [Fact]
    public async Task EveryPage_AllDay_AsksNothingOfAnotherMachine()
    {
        var page = await portal.SignInAsync("Administrator");
        foreach (var address in Pages.All)
        {
            await page.OpenAsync(address);
        }

        Assert.Empty(portal.StrayRequests);
    }

    [GeneratedRegex(@"/alerts/[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex AlertAddress();

    [GeneratedRegex(@"[0-9,]+ result rows?", RegexOptions.None, 1000)]
    private static partial Regex ResultRows();

    [GeneratedRegex(@"^Save as version [0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex SaveAsVersion();

    [GeneratedRegex(@"Run now", RegexOptions.None, 1000)]
    private static partial Regex RunByPerson();

    private static Regex Version(int number) => new($"Version {number}\\b", RegexOptions.None, TimeSpan.FromSeconds(1));
}
