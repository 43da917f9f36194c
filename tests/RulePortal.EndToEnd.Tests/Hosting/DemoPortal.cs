using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace RulePortal.EndToEnd.Tests.Hosting;

/// <summary>The portal as a new user starts it, with <c>--demo</c>, and a browser before it. Shared by the tests of the collection.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ruleportal-e2e-");
    private PortalProcess portal = null!;
    private TestBrowser browser = null!;

    internal Uri Address => portal.Address;

    /// <summary>Requests that went anywhere but to the portal.</summary>
    internal ConcurrentBag<string> StrayRequests { get; } = [];

    public async ValueTask InitializeAsync()
    {
        portal = await PortalProcess.ServeAsync(directory.FullName, "--demo");
        browser = await TestBrowser.LaunchAsync();
    }

    /// <summary>A page signed in with a role, in a browser context of its own.</summary>
    internal async Task<IPage> SignInAsync(string role, int width = 1280, int height = 900, ColorScheme colors = ColorScheme.Light)
    {
        var context = await browser.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colors,
        });
        context.SetDefaultTimeout(60_000);
        context.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { IsAbsoluteUri: true } uri && uri.Scheme is not ("data" or "blob") && uri.Authority != Address.Authority)
            {
                StrayRequests.Add(request.Url);
            }
        };
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Radio, new() { Name = role }).CheckAsync();
        await page.Button("Sign in").ClickAsync();
        await page.ReadyAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await portal.DisposeAsync();
        directory.Delete(recursive: true);
    }
}
