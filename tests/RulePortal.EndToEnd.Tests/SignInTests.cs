using System.Diagnostics;
using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using RulePortal.EndToEnd.Tests.Identity;
using RulePortal.TestSupport.Identity;
using RulePortal.Web.Security.Sessions;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>Signing in at a live identity provider, with a browser, against the portal as it runs in production.</summary>
public abstract class SignInTests : IAsyncDisposable
{
    private readonly SecurePortal portal;

    private protected SignInTests(SecurePortal portal)
    {
        this.portal = portal;
        portal.Provider.Person = new StandInPerson();
        portal.Provider.Faults = new StandInFaults();
    }

    private string Shape => portal.Provider.Shape.ToString().ToLowerInvariant();

    public async ValueTask DisposeAsync()
    {
        await portal.CloseBrowsersAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Person_WithARole_SignsInAndSeesNameAndRole()
    {
        var page = await portal.SignInAsync("/alerts?status=New", "RulePortal.Responder");
        Assert.EndsWith("/alerts?status=New", page.Url, StringComparison.Ordinal);
        await OpenAccountAsync(page);
        await Expect(page.GetByText("Role: Responder")).ToBeVisibleAsync();
        await page.ShootAsync($"signin-{Shape}-account", full: false);

        var cookies = await page.Context.CookiesAsync([portal.Process.Address.ToString()]);
        Assert.All(cookies.Where(c => c.Name.StartsWith("__Host-", StringComparison.Ordinal)), c => Assert.True(c.Secure && c.HttpOnly && c.Path == "/"));
        var session = Assert.Single(cookies, c => c.Name == "__Host-RulePortal.Session");
        Assert.Equal(SameSiteAttribute.Lax, session.SameSite);
        Assert.Equal(-1, session.Expires);
        // What the way to the provider and back needed is gone again.
        Assert.DoesNotContain(cookies, c => c.Name.Contains("Nonce", StringComparison.Ordinal) || c.Name.Contains("Correlation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Person_WithoutARole_IsRefusedAndToldSo()
    {
        portal.Provider.Person = new StandInPerson { Roles = ["Somewhere.Else"] };
        var page = await (await portal.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync("/");
        await SecurePortal.AtProviderAsync(page);
        await Expect(page.GetByText("It has no role in this portal.")).ToBeVisibleAsync();
        await Expect(page.GetByText("fay@example.test")).ToBeVisibleAsync();
        Assert.Empty(await page.ShootOnScreensAsync($"signin-{Shape}-refused"));
        Assert.DoesNotContain(await page.Context.CookiesAsync(), c => c.Name.Contains("RulePortal.Session", StringComparison.Ordinal));

        // The provider remembers the account; another one can be chosen all the same.
        await page.GetByRole(AriaRole.Link, new() { Name = "Use another account" }).ClickAsync();
        portal.Provider.Person = new StandInPerson { Roles = ["RulePortal.Reader"] };
        await SecurePortal.AtProviderAsync(page);
        await page.ReadyAsync();
    }

    [Fact]
    public async Task Person_InAGroup_HasTheGroupsRole()
    {
        var page = await portal.SignInAsync("/", new StandInPerson { Groups = ["99999999-9999-9999-9999-999999999999", SecurePortal.Responders] });
        await OpenAccountAsync(page);
        await Expect(page.GetByText("Role: Responder")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Person_InMoreGroupsThanATokenHolds_IsToldWhatHelps()
    {
        portal.Provider.Person = new StandInPerson { TooManyGroups = true };
        var page = await (await portal.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync("/");
        await SecurePortal.AtProviderAsync(page);
        await Expect(page.GetByText("can give you one of its app roles instead.")).ToBeVisibleAsync();
        Assert.Empty(await page.ShootOnScreensAsync($"signin-{Shape}-groups"));
    }

    [Fact]
    public async Task Page_ThatNeedsAnotherRole_IsRefusedAndSaysWhich()
    {
        var page = await portal.SignInAsync("/", "RulePortal.Contributor");
        await page.GotoAsync("/administration/audit");
        await Expect(page.GetByText("This needs the role Administrator.")).ToBeVisibleAsync();
        Assert.Empty(await page.ShootOnScreensAsync($"signin-{Shape}-denied"));
    }

    [Theory]
    [InlineData("https://evil.example.test/")]
    [InlineData("//evil.example.test/")]
    [InlineData("/\\evil.example.test/")]
    [InlineData("/\t/evil.example.test/")]
    [InlineData("javascript:alert(1)")]
    public async Task ReturnAddress_OfAnotherSite_EndsAtTheOverview(string address)
    {
        portal.Provider.Person = new StandInPerson { Roles = ["RulePortal.Reader"] };
        var page = await (await portal.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync("/signin/provider?returnUrl=" + Uri.EscapeDataString(address));
        await SecurePortal.AtProviderAsync(page);
        await page.ReadyAsync();
        Assert.Equal(portal.Process.Address.ToString(), page.Url);

        await page.GotoAsync("/signin?returnUrl=" + Uri.EscapeDataString(address));
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();
        await page.ReadyAsync();
        Assert.Equal(portal.Process.Address.ToString(), page.Url);
    }

    [Fact]
    public async Task SignedOut_BackButtonAndOldCookie_ShowNothing()
    {
        var page = await portal.SignInAsync("/", "RulePortal.Reader");
        var old = (await page.Context.CookiesAsync()).Single(c => c.Name == "__Host-RulePortal.Session");
        await page.OpenAsync("/alerts");
        var other = await page.Context.NewPageAsync();
        await other.OpenAsync("/rules");
        await page.BringToFrontAsync();
        await OpenAccountAsync(page);
        await page.Button("Sign out").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
        Assert.StartsWith(new Uri(portal.Process.Address, "/signin").ToString(), page.Url, StringComparison.Ordinal);
        Assert.Contains(portal.Provider.SignedOut!["id_token_hint"], portal.Provider.Secrets);

        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Stand-in sign-in" })).ToBeVisibleAsync();
        await Expect(page.Locator("main[data-interactive=true]")).ToHaveCountAsync(0);

        await Expect(other.GetByText("Your session has ended")).ToBeVisibleAsync();
        await Expect(other.GetByText("You signed out.")).ToBeVisibleAsync();

        var thief = await portal.NewBrowserAsync();
        await thief.AddCookiesAsync([new Cookie { Name = old.Name, Value = old.Value, Url = portal.Process.Address.ToString(), Secure = true, HttpOnly = true }]);
        Assert.Equal(401, (await thief.APIRequest.GetAsync("/api/v1/alerts")).Status);
        var stolen = await thief.NewPageAsync();
        await stolen.GotoAsync("/alerts");
        await Expect(stolen.GetByRole(AriaRole.Heading, new() { Name = "Stand-in sign-in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Session_Lapsed_EndsUnderTheOpenPageAndLeadsBackToIt()
    {
        var page = await portal.SignInAsync("/rules", "RulePortal.Reader");
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await portal.ForAllSessionsAsync(s => s.SetProperty(e => e.EndsUtc, now));
        await Expect(page.GetByText("Your session has ended")).ToBeVisibleAsync();
        Assert.Empty(await page.ShootOnScreensAsync($"signin-{Shape}-ended"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with" }).ClickAsync();
        // The provider still knows the account.
        await page.ReadyAsync();
        Assert.EndsWith("/rules", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_LostWhileAPageIsOpen_IsNoticedWithinTheStatedTime()
    {
        var page = await portal.SignInAsync("/rules", "RulePortal.Contributor");
        var clock = Stopwatch.StartNew();
        portal.Provider.Person = new StandInPerson();
        // The interval is a minute here, a page looks every 15 seconds, and a busy machine takes its time.
        await Expect(page.GetByText("Your account has no role in this portal any more.")).ToBeVisibleAsync(new() { Timeout = 100_000 });
        TestContext.Current.TestOutputHelper?.WriteLine($"Noticed after {clock.Elapsed.TotalSeconds:0} s.");
        Assert.Empty(await page.ShootOnScreensAsync($"signin-{Shape}-role-lost"));

        await page.GotoAsync("/");
        await Expect(page.GetByText("Your account has no role in this portal any more.")).ToBeVisibleAsync();
        Assert.Contains("/signin?ended=NoRole", page.Url, StringComparison.Ordinal);
        Assert.Empty(await page.ShootOnScreensAsync($"signin-{Shape}-role-lost-page"));
    }

    [Fact]
    public async Task Role_ChangedWhileAPageIsOpen_CountsThere()
    {
        var page = await portal.SignInAsync("/rules", "RulePortal.Contributor");
        await OpenAccountAsync(page);
        await Expect(page.GetByText("Role: Contributor")).ToBeVisibleAsync();
        portal.Provider.Person = new StandInPerson { Roles = ["RulePortal.Reader"] };
        await portal.DueAsync();
        await Expect(page.GetByText("Role: Reader")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Refresh_Refused_EndsTheSessionUnderTheOpenPage()
    {
        var page = await portal.SignInAsync("/rules", "RulePortal.Contributor");
        portal.Provider.Faults = new StandInFaults { RefreshError = "invalid_grant" };
        await portal.DueAsync();
        await Expect(page.GetByText("Your identity provider vouches for your sign-in no longer.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Sessions_EndedByAnAdministrator_EndUnderTheOpenPages()
    {
        var administrator = await portal.SignInAsync("/administration/people", new StandInPerson { Roles = ["RulePortal.Administrator"] });
        var reader = await portal.SignInAsync("/rules", new StandInPerson { ObjectId = "55555555-0000-0000-0000-000000000005", UserName = "bob@example.test", Roles = ["RulePortal.Reader"] });
        await administrator.OpenAsync("/administration/people");
        Assert.Empty(await administrator.ShootOnScreensAsync($"people-{Shape}"));

        await administrator.Button("End sessions of bob@example.test").ClickAsync();
        await Expect(administrator.OpenDialog()).ToContainTextAsync("within 15 seconds");
        Assert.Empty(await AccessibilityTests.FaultsAsync(administrator, "the dialog of End sessions"));
        await administrator.ShootAsync($"people-{Shape}-dialog", full: false);
        await administrator.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "End sessions" }).ClickAsync();
        var clock = Stopwatch.StartNew();
        await Expect(reader.GetByText("An administrator ended it.")).ToBeVisibleAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"Noticed after {clock.Elapsed.TotalSeconds:0} s.");

        await administrator.Button("End sessions of fay@example.test").ClickAsync();
        await Expect(administrator.OpenDialog()).ToContainTextAsync("This is you");
        await administrator.ShootAsync($"people-{Shape}-own", full: false);
        await administrator.OpenDialog().GetByRole(AriaRole.Button, new() { Name = "End my sessions" }).ClickAsync();
        await Expect(administrator.GetByText("An administrator ended it.")).ToBeVisibleAsync();
        Assert.Contains("/signin?ended=ByAdministrator", administrator.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_OfTheProcess_AreShownWithoutSecrets()
    {
        var page = await portal.SignInAsync("/administration/settings", "RulePortal.Administrator");
        await page.OpenAsync("/administration/settings");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Authentication:RecheckInterval" })).ToContainTextAsync("environment variable");
        Assert.Empty(await page.ShootOnScreensAsync($"settings-{Shape}"));
        Assert.DoesNotContain(portal.Provider.ClientSecret, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("issuer")]
    [InlineData("tampered")]
    [InlineData("unsigned")]
    [InlineData("expired")]
    [InlineData("nonce")]
    public async Task Token_ThatIsNotGood_LeadsBackWithAWord(string wrong)
    {
        portal.Provider.Person = new StandInPerson { Roles = ["RulePortal.Administrator"] };
        portal.Provider.Faults = wrong switch
        {
            "audience" => new StandInFaults { Audience = Guid.Empty.ToString() },
            "issuer" => new StandInFaults { Issuer = portal.Provider.Address + "other" },
            "tampered" => new StandInFaults { Tampered = true },
            "unsigned" => new StandInFaults { Unsigned = true },
            "expired" => new StandInFaults { Expired = true },
            _ => new StandInFaults { Nonce = "another" },
        };
        var page = await (await portal.NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync("/");
        await SecurePortal.AtProviderAsync(page);
        await Expect(page.GetByText("Signing in did not succeed.")).ToBeVisibleAsync();
        Assert.Empty(wrong == "audience" ? await page.ShootOnScreensAsync($"signin-{Shape}-failed") : []);
        Assert.DoesNotContain(await page.Context.CookiesAsync(), c => c.Name.Contains("RulePortal.Session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_OfTheProviderSentAgain_OpensNothing()
    {
        portal.Provider.Person = new StandInPerson { Roles = ["RulePortal.Administrator"] };
        var page = await (await portal.NewBrowserAsync()).NewPageAsync();
        var sent = "";
        page.Request += (_, request) => sent = request.Url.EndsWith("/signin-oidc", StringComparison.Ordinal) ? request.PostData ?? "" : sent;
        await page.GotoAsync("/");
        await SecurePortal.AtProviderAsync(page);
        await page.ReadyAsync();
        Assert.Contains("code=", sent, StringComparison.Ordinal);
        Assert.Contains("state=", sent, StringComparison.Ordinal);

        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/x-www-form-urlencoded" };
        foreach (var browser in new[] { page.Context, await portal.NewBrowserAsync() })
        {
            var answer = await browser.APIRequest.PostAsync("/signin-oidc", new() { DataString = sent, Headers = form, MaxRedirects = 0 });
            Assert.EndsWith("/signin?failed=true", answer.Headers["location"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Api_WithAnAccessToken_TakesItInItsRole()
    {
        portal.Provider.Person = new StandInPerson { Roles = ["RulePortal.Reader"] };
        var browser = await portal.NewBrowserAsync();
        Assert.Equal(200, await AskAsync(browser, portal.Provider.Tokens.AccessToken()));
        portal.Provider.Faults = new StandInFaults { Tampered = true };
        Assert.Equal(401, await AskAsync(browser, portal.Provider.Tokens.AccessToken()));
        Assert.Equal(401, await AskAsync(browser, "rp_unknown"));
    }

    [Fact]
    public async Task Log_OfTheProcess_HoldsNoSecret()
    {
        var page = await portal.SignInAsync("/", "RulePortal.Reader");
        await portal.DueAsync();
        await page.OpenAsync("/rules");
        var cookies = await page.Context.CookiesAsync();

        Assert.NotEmpty(portal.Process.Output);
        var secrets = portal.Provider.Secrets.Concat(cookies.Where(c => c.Value.Length > 20).Select(c => c.Value)).Append(portal.Provider.ClientSecret);
        Assert.Empty(secrets.Where(secret => portal.Process.Output.Contains(secret, StringComparison.Ordinal)).Select(secret => secret[..20]));
    }

    private static Task OpenAccountAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Account: fay@example.test" }).ClickAsync();

    private protected static async Task<int> AskAsync(IBrowserContext browser, string token)
    {
        var bearer = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer " + token };
        return (await browser.APIRequest.GetAsync("/api/v1/alerts", new() { Headers = bearer })).Status;
    }
}

public sealed class EntraSignInTests(PortalWithEntra portal) : SignInTests(portal), IClassFixture<PortalWithEntra>
{
    [Fact]
    public async Task Api_WithAnAccessTokenOfVersion1_TakesItInItsRole()
    {
        portal.Provider.Person = new StandInPerson { Roles = ["RulePortal.Reader"] };
        var browser = await portal.NewBrowserAsync();
        Assert.Equal(200, await AskAsync(browser, portal.Provider.Tokens.AccessTokenOfVersion1()));
        portal.Provider.Faults = new StandInFaults { Issuer = portal.Provider.Address + "other" };
        Assert.Equal(401, await AskAsync(browser, portal.Provider.Tokens.AccessTokenOfVersion1()));
    }
}

public sealed class OpenIdConnectSignInTests(PortalWithStandardProvider portal) : SignInTests(portal), IClassFixture<PortalWithStandardProvider>;
