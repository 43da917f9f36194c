using Bunit;
using RulePortal.Data;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

public sealed class AlertsPageTests : AlertsPageContext<AlertsPage>
{
    [Fact]
    public async Task Page_WhileReading_ShowsItsShape()
    {
        await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Gate.Close();

        Open("/alerts");

        Assert.NotNull(Page.Find("[role=status][aria-label=Loading]"));
        Assert.NotNull(Page.Find("[role=search]"));
        Gate.Open();
        Page.WaitForAssertion(() => Assert.Single(Titles()));
        Assert.Empty(Page.FindAll("[aria-label=Loading]"));
    }

    [Fact]
    public void Page_EmptyStore_SaysWhyAndLeadsOn()
    {
        SignIn("Reader");

        Open("/alerts");

        Assert.Equal("No alerts yet", Page.Find(".state-title").TextContent);
        Assert.Contains("when an enabled rule finds", Page.Find(".state-text").TextContent, StringComparison.Ordinal);
        Assert.Equal(["/rules", "/connections"], Page.FindAll(".state-actions a").Select(link => link.GetAttribute("href")));
        Assert.Empty(Page.FindAll("a[href^='/alerts.csv']"));
    }

    [Fact]
    public async Task Page_StoreAway_SaysSoAndTriesAgain()
    {
        await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Gate.Fails = true;

        Open("/alerts");
        Assert.Equal("The alerts could not be read", Page.Find("[role=alert] .state-title").TextContent);
        Assert.DoesNotContain("The store is away", Page.Markup, StringComparison.Ordinal);

        Gate.Fails = false;
        await Button("Try again").ClickAsync(new());
        Assert.Single(Titles());
        Assert.Empty(Page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Page_StoreAwayLater_KeepsTheListAndSaysHowOldItIs()
    {
        await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Open("/alerts");
        Gate.Fails = true;

        Time.Advance(TimeSpan.FromSeconds(90));

        Page.WaitForAssertion(() => Assert.Contains("The list could not be refreshed. It shows what was read 1 min ago.", Squeezed("[role=alert]"), StringComparison.Ordinal));
        Assert.Single(Titles());
        Gate.Fails = false;
        Time.Advance(TimeSpan.FromSeconds(30));
        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[role=alert]")));
    }

    [Fact]
    public async Task Page_StoreAwayUnderAnotherFilter_DoesNotPassTheOldListOff()
    {
        await Store.RaiseAsync(new AlertSeed { Severity = Severity.Low });
        SignIn("Reader");
        Open("/alerts");
        Gate.Fails = true;

        Navigation.NavigateTo("/alerts?severity=High");

        Page.WaitForAssertion(() => Assert.Equal("The alerts could not be read", Page.Find("[role=alert] .state-title").TextContent));
        Assert.Empty(Titles());
        Gate.Fails = false;
        await Button("Try again").ClickAsync(new());
        Assert.Equal("No alerts match these filters", Page.Find(".state-title").TextContent);
    }

    [Fact]
    public async Task Page_HalfAMinuteLater_ShowsWhatOthersDid()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Open("/alerts");
        Assert.Equal("nobody", Cell("Owner"));
        await Triage.AcknowledgeAsync(alert, Ben, CancellationToken.None);

        Time.Advance(TimeSpan.FromSeconds(30));

        Page.WaitForAssertion(() => Assert.Equal(("Ben", "Active"), (Cell("Owner"), Cell("Status"))));
    }

    [Fact]
    public async Task Grid_Alert_StandsInTheOrderOfTheQueue()
    {
        await Store.RaiseAsync(new AlertSeed { Severity = Severity.High, Title = "Something talks to Moldova" });
        SignIn("Reader");

        Open("/alerts");

        Assert.Equal(["Severity", "Title", "Entities", "Rule", "Raised", "Owner", "Status"], Page.FindAll("table thead th").Select(Squeezed));
        Assert.Equal("High", Cell("Severity"));
        Assert.Equal("Something talks to Moldova", Cell("Title"));
        Assert.Equal(["host web-01.contoso.example", "process updater", "country Moldova"], Page.Find("td[data-label=Entities]").FirstElementChild!.Children.Select(Squeezed));
        Assert.Equal("5 min ago", Cell("Raised"));
        Assert.Equal("nobody", Cell("Owner"));
        Assert.Equal("New", Cell("Status"));
        Assert.Matches("^/alerts/[0-9]+$", Page.Find("td[data-label=Title] a").GetAttribute("href"));
        Assert.Equal($"/rules/{AlertSeed.FirstRule}", Page.Find("td[data-label=Rule] a").GetAttribute("href"));
        Assert.Equal("/alerts?entity=Country%3AMoldova", Page.FindAll("td[data-label=Entities] a")[^1].GetAttribute("href"));
    }

    [Fact]
    public async Task TacticStrip_Alerts_AreCountedInTheOrderOfTheMatrix()
    {
        await Store.RaiseAsync(
            new AlertSeed { Tactics = [AttackTactic.Exfiltration, AttackTactic.InitialAccess], Severity = Severity.High },
            new AlertSeed { Tactics = [AttackTactic.Exfiltration], Severity = Severity.Low });
        SignIn("Reader");

        Open("/alerts");

        var cells = Page.FindAll("nav[aria-label='Filter by tactic'] button");
        Assert.Equal(
            ["Reconnaissance", "Resource Development", "Initial Access", "Execution", "Persistence", "Privilege Escalation", "Defense Evasion", "Credential Access", "Discovery", "Lateral Movement", "Collection", "Command and Control", "Exfiltration", "Impact"],
            cells.Select(cell => cell.FirstElementChild!.TextContent));
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0], cells.Select(cell => int.Parse(cell.Children[1].TextContent, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains(": 1 High, 1 Low", cells[12].GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TacticStrip_Pressed_FiltersAndStandsInTheAddress()
    {
        await Store.RaiseAsync(new AlertSeed { Title = "out", Tactics = [AttackTactic.Exfiltration] }, new AlertSeed { Title = "in", Tactics = [AttackTactic.InitialAccess] });
        SignIn("Reader");
        Open("/alerts?page=1");

        await Tactic("Exfiltration").ClickAsync(new());

        Page.WaitForAssertion(() => Assert.Equal(["out"], Titles()));
        Assert.EndsWith("/alerts?tactic=Exfiltration", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(("true", "false"), (Tactic("Exfiltration").GetAttribute("aria-pressed"), Tactic("Initial Access").GetAttribute("aria-pressed")));
        Assert.Equal("1", Tactic("Initial Access").Children[1].TextContent);

        await Tactic("Exfiltration").ClickAsync(new());
        Page.WaitForAssertion(() => Assert.Equal(2, Titles().Count));
        Assert.EndsWith("/alerts", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_VeryLongHostileName_IsCutInTheMiddleAndWholeOnHover()
    {
        var name = "\u202E<b>" + new string('x', 91) + "-tail";
        Assert.Equal(100, name.Length);
        await Store.RaiseAsync(new AlertSeed { Process = name });
        SignIn("Reader");

        Open("/alerts");

        var shown = Page.FindAll("td[data-label=Entities] a")[1];
        Assert.Matches("^\\\\u202E<b>x+…x+-tail$", shown.TextContent);
        Assert.InRange(shown.TextContent.Length, 10, 30);
        var whole = name.Replace("\u202E", "\\u202E", StringComparison.Ordinal);
        Assert.Contains(whole, shown.GetAttribute("title"), StringComparison.Ordinal);
        var title = Page.Find("td[data-label=Title] a");
        Assert.Contains("…", title.TextContent, StringComparison.Ordinal);
        Assert.Contains(whole, title.GetAttribute("title"), StringComparison.Ordinal);
        Assert.Empty(Page.FindAll("b"));

        // The link finds that alert and no other.
        Navigation.NavigateTo(shown.GetAttribute("href")!);
        Page.WaitForAssertion(() => Assert.Equal(whole, Page.Find("[role=search] bdi").GetAttribute("title")));
        Assert.Single(Titles());
    }

    [Fact]
    public async Task Owner_VeryLongName_IsCutAndWholeOnHover()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        var name = "\u202E" + new string('n', 99);
        await Triage.AssignAsync(alert, new("entra:t/long", name), Ben, CancellationToken.None);
        SignIn("Reader");

        Open("/alerts");

        Assert.Matches("^\\\\u202En+…n+$", Cell("Owner"));
        Assert.Equal("\\u202E" + new string('n', 99), Page.Find("td[data-label=Owner] [title]").GetAttribute("title"));
    }

    private IReadOnlyList<string> Titles() => [.. Page.FindAll("td[data-label=Title]").Select(Squeezed)];

    private string Cell(string column) => Squeezed($"td[data-label='{column}']");

    private AngleSharp.Dom.IElement Tactic(string name) => Page.FindAll("nav[aria-label='Filter by tactic'] button").Single(cell => cell.FirstElementChild!.TextContent == name);
}
