using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Taxonomy;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>What a person does before changing a threshold: sees what it would have done, by name, and hands the picture on.</summary>
[Collection(DemoTests.Name)]
public sealed partial class TuningTests(DemoPortal portal)
{
    private const string Address = "/tuning/1c408090-0320-44d5-aba8-e55500c2cfad";

    [Fact]
    public async Task Tuner_MovesASlider_SeesTheAlertsThatWouldBeAddedAndSharesTheAddress()
    {
        var page = await portal.SignInAsync("Reader");
        await page.OpenAsync("/tuning");
        await page.Locator(".tuning-rules a").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Near misses" })).ToBeVisibleAsync();
        var result = page.GetByRole(AriaRole.Region, new() { Name = "Result" });
        await Expect(result).ToContainTextAsync("as saved.");
        await page.ShootAsync("tuning-1-saved");

        var trigger = page.GetByRole(AriaRole.Slider, new() { Name = "Trigger threshold" });
        await trigger.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page).ToHaveURLAsync(MovedAddress());
        await Expect(result).ToContainTextAsync("added");
        await Expect(page.GetByText("Added: ").First).ToBeVisibleAsync();
        await page.ShootAsync("tuning-2-moved");

        var shared = page.Url;
        var said = await result.Locator(".tuning-numbers").InnerTextAsync();
        await page.Locator("a[href*='window=']").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^Why, in the window", RegexOptions.None, TimeSpan.FromSeconds(1)) })).ToBeVisibleAsync();
        await page.ShootAsync("tuning-3-window");
        var axe = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.Empty(axe.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));

        await page.OpenAsync(new Uri(shared).PathAndQuery);
        await Expect(result.Locator(".tuning-numbers")).ToHaveTextAsync(said);

        // Another story saves another threshold in the same portal, before or after this one.
        var inHand = int.Parse(await page.GetByRole(AriaRole.Slider, new() { Name = "Country threshold" }).InputValueAsync(), CultureInfo.InvariantCulture);
        await page.GetByRole(AriaRole.Region, new() { Name = "Heat map" }).FocusAsync();
        var scrolled = await page.EvaluateAsync<double>("window.scrollY");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page).ToHaveURLAsync(new Regex($"countryThreshold={inHand + 1}&triggerThreshold=4$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal(scrolled, await page.EvaluateAsync<double>("window.scrollY"));
        await page.Button("Back to what is saved").ClickAsync();
        await Expect(result).ToContainTextAsync("as saved.");
    }

    [Theory]
    [MemberData(nameof(AccessibilityTests.Screens), MemberType = typeof(AccessibilityTests))]
    public async Task Analyst_ComesFromAnAlert_FindsItMarkedInItsWindowAndDropsTheMark(ColorScheme colors, int width)
    {
        var page = await portal.SignInAsync("Reader", width, colors: colors);
        await page.OpenAsync("/alerts/1");
        await page.GetByRole(AriaRole.Link, new() { Name = "What other settings would have done with this window" }).ClickAsync();

        var mark = page.GetByRole(AriaRole.Note, new() { Name = "Alert 1 is marked" });
        await Expect(mark).ToBeInViewportAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What was decided in the window" })).ToContainTextAsync("of this alert");
        await page.ShootAsync($"tuning-mark-{width}-{colors}".ToLowerInvariant());
        Assert.Empty(await AccessibilityTests.FaultsAsync(page, "the mark"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);

        await mark.GetByRole(AriaRole.Link, new() { Name = "Drop the mark" }).ClickAsync();
        await Expect(mark).ToHaveCountAsync(0);
        await Expect(page.Locator("#window")).ToBeInViewportAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What was decided in the window" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Tuner_ComparesTheEditWithWhatIsSaved_SharesWhatOnlyOneRaises()
    {
        var page = await portal.SignInAsync("Reader");
        await page.OpenAsync($"{Address}?triggerThreshold=0");
        var card = page.Locator("#versions");
        await card.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Expect(card.Locator(".tuning-numbers")).ToContainTextAsync("only in B (the edit in hand)");
        await Expect(page).ToHaveURLAsync(new Regex("a=saved&b=edit#versions$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await card.GetByLabel("Classification").SelectOptionAsync("Never raised");
        await Expect(card).ToContainTextAsync("Filtered: ");
        await page.ShootAsync("tuning-versions");

        var said = await card.Locator(".tuning-numbers").InnerTextAsync();
        await Expect(card).ToBeInViewportAsync();
        await page.OpenAsync(new Uri(page.Url).PathAndQuery + "#versions");
        await Expect(card).ToBeInViewportAsync();
        await Expect(card.Locator(".tuning-numbers")).ToHaveTextAsync(said);
    }

    [GeneratedRegex(Address + @"\?to=.*&triggerThreshold=4$", RegexOptions.None, 1000)]
    private static partial Regex MovedAddress();
}
