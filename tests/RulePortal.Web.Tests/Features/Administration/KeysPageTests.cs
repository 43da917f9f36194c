using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Administration.Keys;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Administration;

public sealed class KeysPageTests : PageContext
{
    private static readonly Actor Ann = new("dev:administrator", "Ann") { Rights = ActorRights.All };

    public KeysPageTests() => Services.AddSingleton<ApiKeyStore>();

    private ApiKeyStore Keys => Services.GetRequiredService<ApiKeyStore>();

    [Fact]
    public void Page_NoKeys_SaysWhatAKeyIsFor()
    {
        SignIn("Administrator");

        var page = RenderPage<KeysPage>();

        page.WaitForAssertion(() => Assert.Equal("No keys yet", page.Find(".state-title").TextContent));
    }

    [Fact]
    public async Task Page_KeysInEveryState_SaysWhichCount()
    {
        SignIn("Administrator");
        var now = Time.GetUtcNow().UtcDateTime;
        await Keys.CreateAsync("old", ApiKeyRole.Reader, now.AddDays(1), Ann, CancellationToken.None);
        await Keys.CreateAsync("gone", ApiKeyRole.Contributor, null, Ann, CancellationToken.None);
        await Keys.RevokeAsync("gone", Ann, CancellationToken.None);
        Time.Advance(TimeSpan.FromDays(2));
        await Keys.CreateAsync("collector", ApiKeyRole.Ingest, now.AddDays(30), Ann, CancellationToken.None);

        var page = RenderPage<KeysPage>();

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
        var rows = page.FindAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("In force, ends in 28 d", Words(rows[0]), StringComparison.Ordinal);
        Assert.Contains("Revoked 2 d ago", Words(rows.Single(row => row.Contains("gone", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.Contains("Expired 24 h ago", Words(rows.Single(row => row.Contains("old", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.Equal("1 key in force of 3 ever made", page.Find(".page-header-subtitle").TextContent);
        Assert.Equal(2, page.FindAll("button[aria-label^=Revoke]").Count);
    }

    [Fact]
    public async Task NewKey_Filled_ShowsAKeyThatCounts()
    {
        SignIn("Administrator");
        var page = RenderPage<KeysPage>();
        OpenDialog(page);
        await page.Find("input[maxlength='100']").InputAsync(new ChangeEventArgs { Value = "collector" });
        await Choose(page, "Reader").ChangeAsync(new ChangeEventArgs { Value = "on" });
        await Button(page, "Create key").ClickAsync(new());

        page.WaitForAssertion(() => Assert.NotNull(page.Find(".key-secret code")));
        var key = await InForceAsync(page.Find(".key-secret code").TextContent);

        Assert.Equal(("collector", ApiKeyRole.Reader, Time.GetUtcNow().UtcDateTime.AddDays(90)), (key!.Name, key.Role, key.ExpiresUtc!.Value));
        await Button(page, "I have kept it").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.DoesNotContain(key.Prefix + "x", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".key-secret"));
    }

    [Fact]
    public async Task NewKey_NameInForceOrNone_SaysSoAndMakesNone()
    {
        SignIn("Administrator");
        await Keys.CreateAsync("collector", ApiKeyRole.Ingest, null, Ann, CancellationToken.None);
        var page = RenderPage<KeysPage>();
        OpenDialog(page);
        await Button(page, "Create key").ClickAsync(new());
        Assert.Equal("Give the key a name.", page.Find(".dialog-fault").TextContent);

        await page.Find("input[maxlength='100']").InputAsync(new ChangeEventArgs { Value = " collector " });
        await Button(page, "Create key").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("in force already", page.Find(".dialog-fault").TextContent, StringComparison.Ordinal));
        Assert.Single(await Keys.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Revoke_AskedTwice_KeyIsRefused()
    {
        SignIn("Administrator");
        var secret = await Keys.CreateAsync("collector", ApiKeyRole.Ingest, null, Ann, CancellationToken.None);
        var page = RenderPage<KeysPage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[aria-label='Revoke collector']")));

        await page.Find("[aria-label='Revoke collector']").ClickAsync(new());
        Assert.NotNull(await InForceAsync(secret!));
        await Button(page, "Revoke now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Revoked", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Null(await InForceAsync(secret!));
        await using var db = await Store.CreateDbContextAsync();
        Assert.Equal("dev:administrator", (await db.AuditEntries.SingleAsync(entry => entry.Action == "apikey.revoke")).ActorId);
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("Contributor")]
    public async Task Revoke_WithoutTheRole_IsRefused(string role)
    {
        SignIn("Administrator");
        var secret = await Keys.CreateAsync("collector", ApiKeyRole.Ingest, null, Ann, CancellationToken.None);
        var page = RenderPage<KeysPage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[aria-label='Revoke collector']")));
        await page.Find("[aria-label='Revoke collector']").ClickAsync(new());

        // The role was taken away while the page was open.
        SignIn(role);
        await Button(page, "Revoke now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("This needs the role Administrator.", page.Markup, StringComparison.Ordinal));
        Assert.NotNull(await InForceAsync(secret!));
    }

    private async Task<ApiKey?> InForceAsync(string secret) =>
        await Keys.FindAsync(secret, CancellationToken.None) is { } key && key.IsInForceAt(Time.GetUtcNow().UtcDateTime) ? key : null;

    /// <summary>The click is over when the dialog is closed, so it is not waited for.</summary>
    private static void OpenDialog(IRenderedComponent<IComponent> page)
    {
        _ = Button(page, "New key...").ClickAsync(new());
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[role=dialog]")));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static IElement Button(IRenderedComponent<IComponent> page, string text) => page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static IElement Choose(IRenderedComponent<IComponent> page, string role) =>
        page.FindAll("fieldset label").Single(label => label.TextContent.Trim().StartsWith(role, StringComparison.Ordinal)).QuerySelector("input")!;
}
