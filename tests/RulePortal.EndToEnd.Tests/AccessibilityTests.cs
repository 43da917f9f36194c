using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>axe finds nothing serious, no page is wider than its screen, in dark and light, on a desk and on a phone, dialogs included.</summary>
[Collection(DemoTests.Name)]
public sealed class AccessibilityTests(DemoPortal portal)
{
    public static TheoryData<ColorScheme, int> Screens { get; } = new()
    {
        { ColorScheme.Light, 1280 },
        { ColorScheme.Dark, 1280 },
        { ColorScheme.Light, 390 },
        { ColorScheme.Dark, 390 },
    };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task EveryPage_HasNoSeriousFinding(ColorScheme colors, int width)
    {
        var page = await portal.SignInAsync("Administrator", width, colors: colors);
        var faults = new List<string>();
        foreach (var address in Pages.All)
        {
            await page.OpenAsync(address);
            await page.ShootAsync($"{Pages.FileName(address)}-{width}-{colors}".ToLowerInvariant());
            faults.AddRange(await FaultsAsync(page, address));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
            {
                faults.Add($"{address}: {wide} px wide on a screen of {width} px");
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task OpenDialogs_HaveNoSeriousFinding(ColorScheme colors, int width)
    {
        var page = await portal.SignInAsync("Administrator", width, colors: colors);
        await page.OpenAsync("/alerts?status=New");
        await page.Locator("table a[href*='/alerts/']").First.ClickAsync();
        await page.ReadyAsync();
        var faults = new List<string>();
        foreach (var button in (string[])["Close...", "Assign...", "Pin..."])
        {
            await page.Button(button).ClickAsync();
            await Expect(page.OpenDialog()).ToBeVisibleAsync();
            await page.ShootAsync($"dialog-{button.TrimEnd('.')}-{width}-{colors}".ToLowerInvariant(), full: false);
            faults.AddRange(await FaultsAsync(page, $"the dialog of {button}"));
            await page.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
            await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        }

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task PreviewOfARule_HasNoSeriousFinding(ColorScheme colors, int width)
    {
        var page = await portal.SignInAsync("Contributor", width, colors: colors);
        await page.OpenAsync("/rules/1c408090-0320-44d5-aba8-e55500c2cfad?tab=detector");
        await page.Button("Preview 30 days").ClickAsync();
        await Expect(page.Locator(".preview-verdict")).ToBeVisibleAsync();
        await page.ShootAsync($"rule-preview-{width}-{colors}".ToLowerInvariant());

        Assert.Empty(await FaultsAsync(page, "the preview"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
    }

    internal static async Task<IEnumerable<string>> FaultsAsync(IPage page, string where)
    {
        // Colours are judged once nothing fades any more.
        await page.SettleAsync();
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .SelectMany(violation => violation.Nodes.Select(node => $"{where}: {violation.Id}: {node.Html}"));
    }
}
