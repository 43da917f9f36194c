using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>An alert of a scheduled run is evaluated again in front of a person.</summary>
[Collection(DemoTests.Name)]
public sealed class ReplayTests(DemoPortal portal)
{
    [Theory]
    [MemberData(nameof(AccessibilityTests.Screens), MemberType = typeof(AccessibilityTests))]
    public async Task Reader_ReplaysAnAlert_SeesThatItIsIdentical(ColorScheme colors, int width)
    {
        var page = await portal.SignInAsync("Reader", width, colors: colors);
        await page.OpenAsync("/alerts/1");

        await page.Button("Replay").ClickAsync();

        var panel = page.Locator(".alert-replay");
        await Expect(panel.Locator(".tone-good")).ToHaveTextAsync("Identical");
        await Expect(panel).ToContainTextAsync("every one as it was.");
        await panel.ScrollIntoViewIfNeededAsync();
        await page.ShootAsync($"replay-{width}-{colors}".ToLowerInvariant());
        Assert.Empty(await AccessibilityTests.FaultsAsync(page, "the replay"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
    }
}
