using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using RulePortal.Data.Alerts;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>A Reader takes the markup of their own page and has an Administrator's browser start it.</summary>
public sealed partial class TakeoverTests : IAsyncLifetime
{
    private const string Start = """
        () => Blazor.start({ circuit: { configureSignalR: hub => hub.withUrl("PORTAL_blazor", { skipNegotiation: true, transport: 1 }) } }).catch(() => {})
        """;

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-takeover-").FullName;
    private PortalProcess portal = null!;
    private TestBrowser browser = null!;
    private IPage victim = null!;
    private string markup = "";

    public async ValueTask InitializeAsync()
    {
        portal = await PortalProcess.ServeAsync(directory);
        browser = await TestBrowser.LaunchAsync();
        var attacker = await SignInAsync("Reader");
        markup = await (await attacker.Context.APIRequest.GetAsync(portal.Address.ToString())).TextAsync();
        Assert.Contains("\"descriptor\"", markup, StringComparison.Ordinal);
        victim = await SignInAsync("Administrator");
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await portal.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Markup_OnAPageOfAnotherPort_OpensNoCircuit()
    {
        var script = await (await victim.Context.APIRequest.GetAsync(new Uri(portal.Address, "_framework/blazor.web.js").ToString())).TextAsync();
        await using var evil = await ServeAsync(
            Script().Replace(markup, "<script autostart=\"false\" src=\"own.js\"></script>"),
            script);
        var outcome = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        victim.WebSocket += (_, socket) =>
        {
            socket.FrameReceived += (_, _) => outcome.TrySetResult("open");
            socket.SocketError += (_, error) => outcome.TrySetResult(error);
        };

        await victim.GotoAsync(evil.Urls.Single());
        await victim.EvaluateAsync(Start.Replace("PORTAL", portal.Address.ToString(), StringComparison.Ordinal));

        Assert.Contains("403", await outcome.Task.WaitAsync(TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
        await Expect(victim.Locator("main[data-interactive=true]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Markup_OfAnotherSession_StartsNothingOnThePortalItself()
    {
        await victim.RouteAsync(portal.Address.ToString(), route => route.FulfillAsync(new() { ContentType = "text/html", Body = markup }));
        await victim.GotoAsync(portal.Address.ToString());
        await Expect(victim.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This page was opened in another session." })).ToBeVisibleAsync();
        await Expect(victim.Locator("main, nav")).ToHaveCountAsync(0);
        await victim.UnrouteAllAsync();
        await victim.GetByRole(AriaRole.Link, new() { Name = "Load the page again" }).ClickAsync();
        await victim.ReadyAsync();
    }

    /// <summary>The foreign page and its copy of the framework's script, at any port.</summary>
    private static async Task<WebApplication> ServeAsync(string page, string script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var evil = builder.Build();
        evil.MapGet("/", () => Results.Content(page, "text/html"));
        evil.MapGet("/own.js", () => Results.Content(script, "text/javascript"));
        evil.MapGet("/_blazor/initializers", () => Array.Empty<string>());
        await evil.StartAsync();
        return evil;
    }

    private async Task<IPage> SignInAsync(string role)
    {
        var context = await browser.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(portal.Address.ToString());
        await page.GetByRole(AriaRole.Radio, new() { Name = role }).CheckAsync();
        await page.Button("Sign in").ClickAsync();
        await page.ReadyAsync();
        return page;
    }

    [GeneratedRegex("<script src=\"_framework/[^>]+></script>", RegexOptions.None, 1000)]
    private static partial Regex Script();
}
