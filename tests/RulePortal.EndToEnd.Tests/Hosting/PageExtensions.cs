using Microsoft.Playwright;

namespace RulePortal.EndToEnd.Tests.Hosting;

internal static class PageExtensions
{
    private static readonly string Shots = Environment.GetEnvironmentVariable("RULEPORTAL_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots");

    /// <summary>Waits until the page answers: a click before the circuit is up is lost.</summary>
    public static Task ReadyAsync(this IPage page) => Assertions.Expect(page.Locator("main[data-interactive=true]")).ToBeVisibleAsync();

    /// <summary>Goes to an address of the portal and waits until the page answers and shows no skeleton any more.</summary>
    public static async Task OpenAsync(this IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.ReadyAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
    }

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator OpenDialog(this IPage page) => page.GetByRole(AriaRole.Dialog);

    /// <summary>Keeps a picture of the page beside the test's output.</summary>
    public static async Task ShootAsync(this IPage page, string name, bool full = true)
    {
        await page.SettleAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = ShotPath(name), FullPage = full });
    }

    public static string ShotPath(string name) => Path.Combine(Shots, $"{name}.png");

    /// <summary>Keeps pictures of the page in both themes, on a desk and on a phone.</summary>
    /// <returns>What is wrong with it on any of them.</returns>
    public static async Task<IReadOnlyList<string>> ShootOnScreensAsync(this IPage page, string name)
    {
        var faults = new List<string>();
        foreach (var theme in (string[])["light", "dark"])
        {
            var toggle = page.GetByRole(AriaRole.Button, new() { Name = $"Switch to {theme} theme" });
            await (await toggle.CountAsync() > 0 ? toggle.ClickAsync() : page.EvaluateAsync("theme => portal.theme.set(theme)", theme));
            foreach (var width in (int[])[390, 1280])
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.ShootAsync($"{name}-{width}-{theme}", full: false);
                faults.AddRange(await AccessibilityTests.FaultsAsync(page, $"{name} {theme}"));
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
                {
                    faults.Add($"{name}: {wide} px wide on a screen of {width} px");
                }
            }
        }

        return faults;
    }

    /// <summary>Waits until nothing moves or fades any more.</summary>
    public static async Task SettleAsync(this IPage page) =>
        await page.WaitForFunctionAsync("() => document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)");
}
