using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Overview;
using RulePortal.Web.Security;
using RulePortal.Web.Kit;
using RulePortal.Web.Tests.Features.Alerts;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Overview;

public sealed class OverviewPageTests : AlertsPageContext<OverviewPage>
{
    public OverviewPageTests() => Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake().AddOverviewFeature();

    [Fact]
    public async Task Page_WhileReading_ShowsItsShape()
    {
        await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Gate.Close();

        Open("/");

        Assert.NotEmpty(Page.FindAll("[role=status][aria-label=Loading]"));
        Gate.Open();
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("#open-alerts")));
        Assert.Empty(Page.FindAll("[aria-label=Loading]"));
    }

    [Fact]
    public void Page_EmptyStore_SaysWhyAndLeadsOn()
    {
        SignIn("Reader");

        Open("/");

        Page.WaitForAssertion(() => Assert.Equal("No alerts in the last 30 days", Page.Find(".state-title").TextContent));
        Assert.Equal("No connections are stored yet: rules have nothing to look at.", Page.Find(".state-text").TextContent);
        Assert.Equal(["/connections", "/rules"], Page.FindAll(".state-actions a").Select(link => link.GetAttribute("href")));
        Assert.Contains("No rule exists yet.", Page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreAway_SaysSoAndTriesAgain()
    {
        await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Gate.Fails = true;

        Open("/");
        Page.WaitForAssertion(() => Assert.Equal("The overview could not be read", Page.Find("[role=alert] .state-title").TextContent));
        Assert.DoesNotContain("The store is away", Page.Markup, StringComparison.Ordinal);

        Gate.Fails = false;
        await Button("Try again").ClickAsync(new());
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("#open-alerts")));
        Assert.Empty(Page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Page_Alerts_CountsThemBySeverityAndAgeAndLeadsToThem()
    {
        await Store.RaiseAsync(
            new AlertSeed { Severity = Severity.High },
            new AlertSeed { Severity = Severity.High, RaisedUtc = AlertSeed.Noon.AddHours(-5) },
            new AlertSeed { Severity = Severity.Low, RaisedUtc = AlertSeed.Noon.AddDays(-3), Tactics = [AttackTactic.Discovery], Country = "Fiji" });
        SignIn("Reader");

        Open("/");

        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("#open-alerts")));
        Assert.Equal(["3 open", "3 unassigned"], Page.FindAll(".overview-figures a").Select(Squeezed));
        var rows = Page.FindAll("[aria-label='Open alerts by severity and age'] tbody tr").Select(Cells).ToList();
        Assert.Equal(["High 1 1 0 0 2", "Medium 0 0 0 0 0", "Low 0 0 1 0 1", "Informational 0 0 0 0 0"], rows);
        Assert.StartsWith("/alerts?", Page.Find("[aria-label='Open alerts by severity and age'] tbody tr td a").GetAttribute("href"), StringComparison.Ordinal);
        var tactics = Page.FindAll("[aria-labelledby=by-tactic] tbody tr").Select(Cells).ToList();
        Assert.Equal(["Initial Access 2", "Discovery 3", "Collection 2", "Command and Control 2", "Exfiltration 2"], tactics);
        Assert.Equal(["Moldova 2", "Fiji 1"], Page.FindAll("[aria-label='Top countries'] li").Select(Cells));
        Assert.Contains("No alert of these days is closed yet", Page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ClosedAlerts_ShowTheirRulesFalsePositives()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed(), new AlertSeed());
        await Triage.CloseAsync([alerts[0]], new ClosingVerdict(Classification.FalsePositive, ClassificationReason.InaccurateData), null, Ben, CancellationToken.None);
        await Triage.CloseAsync([alerts[1]], new ClosingVerdict(Classification.TruePositive, ClassificationReason.SuspiciousActivity), null, Ben, CancellationToken.None);
        SignIn("Reader");

        Open("/");

        Page.WaitForAssertion(() => Assert.EndsWith("2 1 50 %", Cells(Page.Find("[aria-labelledby=false-positives] tbody tr")), StringComparison.Ordinal));
        Assert.Equal("1 open", Squeezed(".overview-figures a"));
    }

    [Fact]
    public async Task Page_AlertRaisedWhileOpen_ShowsIt()
    {
        await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Open("/");
        Page.WaitForAssertion(() => Assert.Equal("1 open", Squeezed(".overview-figures a")));

        await Store.RaiseAsync(new AlertSeed());
        Services.GetRequiredService<AlertsChanged>().Notify();
        Time.Advance(TimeSpan.FromSeconds(10));

        Page.WaitForAssertion(() => Assert.Equal("2 open", Squeezed(".overview-figures a")));
    }

    [Fact]
    public async Task Page_LongProcessName_IsCutInTheMiddleWithTheWholeOnHover()
    {
        var process = string.Concat(Enumerable.Repeat("0123456789", 10));
        await Store.RaiseAsync(new AlertSeed { Process = process });
        SignIn("Reader");

        Open("/");

        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("[aria-label='Top processes'] li a")));
        var link = Page.Find("[aria-label='Top processes'] li a");
        Assert.True(link.TextContent.Length <= 44, link.TextContent);
        Assert.StartsWith("0123456789", link.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("0123456789", link.TextContent, StringComparison.Ordinal);
        Assert.Equal(process, link.GetAttribute("title"));
    }

    private static string Cells(IElement row) => string.Join(' ', row.Children.Select(Squeezed).Where(text => text.Length > 0));
}
