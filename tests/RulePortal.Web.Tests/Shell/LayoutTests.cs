using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Features.Administration.Keys;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Kit.Banners;
using RulePortal.Web.Security;
using RulePortal.Web.Shell;
using RulePortal.Web.Shell.Layout;
using RulePortal.Web.Shell.Pages;
using RulePortal.Web.Tests.Infrastructure;
using MudSeverity = MudBlazor.Severity;

namespace RulePortal.Web.Tests.Shell;

public sealed class LayoutTests : PageContext
{
    private readonly Banner banner = new();

    public LayoutTests()
    {
        Services.AddSingleton<IPortalBanner>(banner);
        Services.AddSingleton<IPortalBanner>(new FailingBanner());
        JSInterop.Setup<string?>("portal.theme.get").SetResult("dark");
        SignIn("Responder");
    }

    [Fact]
    public void Layout_SignedIn_ShowsPersonRoleAndRail()
    {
        var page = Frame(b => b.AddContent(0, "content"));
        Assert.Equal("Development Responder", page.Find(".portal-account-person").TextContent);
        Assert.Equal("Role: Responder", page.Find(".portal-account-role").TextContent);
        Assert.Equal(PortalNavigation.Items.Where(i => i.Policy == Policies.CanView).Select(i => i.Url), page.FindAll("nav[aria-label=Main] a").Select(a => a.GetAttribute("href")));
        Assert.Equal("content", page.Find("main#main").TextContent);
        Assert.Equal("post", page.Find("form[action='/signout']").GetAttribute("method"));
    }

    [Fact]
    public void Layout_Administrator_SeesTheWholeRail()
    {
        SignIn("Administrator");

        var page = Frame(b => b.AddContent(0, "content"));

        Assert.Equal(PortalNavigation.Items.Select(i => i.Url), page.FindAll("nav[aria-label=Main] a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Theme_Switched_IsRemembered()
    {
        var page = Frame(_ => { });
        await page.Find("[aria-label='Switch to light theme']").ClickAsync(new());

        Assert.Equal("light", JSInterop.VerifyInvoke("portal.theme.set").Arguments[0]);
        Assert.NotNull(page.Find("[aria-label='Switch to dark theme']"));
    }

    [Fact]
    public void Banner_WithSomethingToSay_SaysItUntilItIsOver()
    {
        banner.Message = new PortalBannerMessage(MudSeverity.Warning, "The scheduler is 12 min late.", "/rules", "Rules");
        var page = Frame(_ => { });
        Assert.Contains("The scheduler is 12 min late.", page.Find(".portal-banner-warning").TextContent, StringComparison.Ordinal);
        Assert.Equal("/rules", page.Find(".portal-banner a").GetAttribute("href"));

        banner.Message = null;
        Time.Advance(TimeSpan.FromMinutes(1));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".portal-banner")));
    }

    [Fact]
    public async Task Page_Failing_IsReplacedByAnErrorWithAnotherTry()
    {
        FailingPage.Fails = true;
        var page = Frame(b =>
        {
            b.OpenComponent<FailingPage>(0);
            b.CloseComponent();
        });
        Assert.Equal("This page failed", page.Find("h1").TextContent);
        Assert.DoesNotContain("secret", page.Markup, StringComparison.Ordinal);

        FailingPage.Fails = false;
        await page.Find(".state-error button").ClickAsync(new());
        Assert.Equal("well", page.Find("main").TextContent.Trim());
    }

    [Theory]
    [InlineData(typeof(RulePortal.Web.Features.Administration.Keys.KeysPage), "Administrator")]
    [InlineData(typeof(RulePortal.Web.Features.Rules.RulesPage), "Reader")]
    public void RoleNeeded_OfAPage_IsTheHighestOfWhatItDemands(Type page, string role) => Assert.Equal(role, Routes.RoleNeeded(page));

    [Fact]
    public void Navigation_Entries_LeadToPagesThatExist()
    {
        var pages = typeof(App).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>()).Select(r => r.Template);
        Assert.Empty(PortalNavigation.Items.Select(i => i.Url).Except(pages, StringComparer.Ordinal));
    }

    [Fact]
    public void Pages_All_SayWhoMaySeeThem()
    {
        var silent = typeof(App).Assembly.GetTypes()
            .Where(t => t.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Length > 0)
            .Where(t => !t.GetCustomAttributes(inherit: true).Any(a => a is IAllowAnonymous or IAuthorizeData { Policy.Length: > 0 }));
        Assert.Empty(silent);
    }

    [Fact]
    public void DeniedInTheCircuit_NamesTheRole()
    {
        var page = RenderPage<RulePortal.Web.Shell.Pages.AccessDenied>(("RoleNeeded", "Contributor"));
        Assert.Contains("This page needs the role Contributor", page.Markup, StringComparison.Ordinal);
        var attempt = Assert.Single(Services.GetRequiredService<DeniedAttempts>().Take(all: true));
        Assert.Equal((AuditActions.PageOpen, "page:/", "This needs the role Contributor."), (attempt.Action, attempt.Subject, attempt.Detail));
    }

    [Fact]
    public void SessionEnded_SignInLink_ComesBackHere()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/rules?x=1");
        var page = RenderPage<RulePortal.Web.Shell.Pages.SessionEnded>();
        Assert.Equal("/signin?returnUrl=%2Frules%3Fx%3D1", page.Find(".state-actions a").GetAttribute("href"));
    }

    // The layout brings MudBlazor's providers itself.
    private IRenderedComponent<MainLayout> Frame(RenderFragment body)
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<MainLayout>(p => p.Add(l => l.Body, body));
    }

    private sealed class Banner : IPortalBanner
    {
        public PortalBannerMessage? Message { get; set; }

        public Task<PortalBannerMessage?> GetAsync(CancellationToken cancellationToken) => Task.FromResult(Message);
    }

    private sealed class FailingBanner : IPortalBanner
    {
        public Task<PortalBannerMessage?> GetAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("secret");
    }

    private sealed class FailingPage : ComponentBase
    {
        public static bool Fails { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            if (Fails)
            {
                throw new InvalidOperationException("secret");
            }

            builder.AddContent(0, "well");
        }
    }
}
