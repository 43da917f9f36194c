using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

public sealed class AlertPageTests : AlertsPageContext<AlertPage>
{
    private static readonly string[] Headings = ["Why it fired", "Entities", "Evidence", "Replay", "Activity", "Similar alerts", "Rule and window"];

    [Fact]
    public async Task Page_WhileReading_ShowsItsShape()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Gate.Close();

        Open(alert.Id);

        Assert.Equal($"Alert {alert.Id}", Page.Find("h1").TextContent);
        Assert.Equal(2, Page.FindAll("[role=status][aria-label=Loading]").Count);
        Gate.Open();
        Page.WaitForAssertion(() => Assert.Equal("updater on web-01.contoso.example connected to Moldova", Page.Find("h1").TextContent));
        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[aria-label=Loading]")));
    }

    [Fact]
    public async Task Page_AlertRead_DoesNotWaitForTheRest()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Gate.Close();
        Open(alert.Id);

        Gate.LetOneIn();

        Page.WaitForAssertion(() => Assert.Equal(Headings, Page.FindAll("h2").Select(heading => heading.TextContent)));
        Assert.NotNull(Card("Evidence").QuerySelector("[role=status][aria-label=Loading]"));
        Assert.NotNull(Card("Similar alerts").QuerySelector("[role=status][aria-label=Loading]"));
        Gate.Open();
        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[aria-label=Loading]")));
    }

    [Fact]
    public void Page_NoSuchAlert_SaysSoAndLeadsBack()
    {
        SignIn("Responder");

        Open(7);

        Assert.Equal("There is no such alert", Page.Find(".state-title").TextContent);
        Assert.Equal("/alerts", Page.Find(".state-actions a").GetAttribute("href"));
        Assert.Empty(Page.FindAll("h2"));
    }

    [Fact]
    public async Task Page_StoreAway_SaysSoAndReadsAllOfItAgain()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Gate.Fails = true;

        Open(alert.Id);
        Assert.Equal("The alert could not be read", Page.Find("[role=alert] .state-title").TextContent);
        Assert.DoesNotContain("The store is away", Page.Markup, StringComparison.Ordinal);

        Gate.Fails = false;
        await Button("Try again").ClickAsync(new());
        Assert.Equal(Headings, Page.FindAll("h2").Select(heading => heading.TextContent));
        Assert.Empty(Page.FindAll("[role=alert]"));
        Assert.Contains("No alert within 14 days", Card("Similar alerts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreAwayLater_KeepsWhatItShowsAndSaysHowOldItIs()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Open(alert.Id);
        Gate.Fails = true;

        Time.Advance(TimeSpan.FromSeconds(90));

        Page.WaitForAssertion(() => Assert.Equal("The alert could not be refreshed. It shows what was read 1 min ago.", Squeezed("[role=alert]")));
        Assert.Equal(Headings, Page.FindAll("h2").Select(heading => heading.TextContent));
        Gate.Fails = false;
        Time.Advance(TimeSpan.FromSeconds(30));
        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[role=alert]")));
    }

    [Fact]
    public async Task Header_Alert_SaysWhatHowBadWhoseAndWhichTactics()
    {
        var alert = await Store.RaiseAsync(new AlertSeed { Severity = Severity.High, Tactics = [AttackTactic.Exfiltration, AttackTactic.InitialAccess] });
        await Triage.AcknowledgeAsync(alert, Ben, CancellationToken.None);
        SignIn("Reader");

        Open(alert.Id);

        var header = Squeezed(Page.Find("h1").ParentElement!);
        Assert.Equal("Alertsupdater on web-01.contoso.example connected to MoldovaHigh ActiveOwner: Ben Initial AccessExfiltration", header);
        Assert.Equal(["/alerts", "/alerts?tactic=InitialAccess", "/alerts?tactic=Exfiltration"], Page.Find("h1").ParentElement!.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Contains("updater on web-01.contoso.example made 6 connections to Moldova, which 2 rows of the 30 days before name.", Page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_Measures_StandWithValueLimitAndDistance()
    {
        await AddRuleAsync();
        var alert = await Store.RaiseAsync(new AlertSeed { Rows = 6, CountryRows = 2 });
        SignIn("Reader");

        Open(alert.Id);

        Assert.Equal(["Measure", "Value", "Limit", "Distance"], Card("Why it fired").QuerySelectorAll("thead th").Select(Squeezed));
        Assert.Equal(
            [
                "Result rows in the window|6|more than 5|+1",
                "Rows of Moldova in the 30 days before|2|5|−3",
                "Rows of this connection in the 7 days before|0 to 2|7|−5",
            ],
            Card("Why it fired").QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.FirstChild!.TextContent.Trim()))));
        Assert.Contains("Moldova is rare: 2 rows in the 30 days before are not more than 5.", Card("Why it fired").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["This tuple was first seen|Never before", "Records go back to|2026-01-07 12:00:00 UTC"],
            Card("Why it fired").QuerySelectorAll("dl div").Select(fact => string.Join('|', fact.Children.Select(part => part.TextContent.Trim()))));
    }

    [Fact]
    public async Task Facts_Alert_NameRuleVersionWindowAndBaseline()
    {
        var alert = await Store.RaiseAsync(new AlertSeed { RuleVersion = 3 });
        SignIn("Reader");

        Open(alert.Id);

        var facts = Squeezed(Card("Rule and window"));
        Assert.Contains("Rare/New Outbound connections from VMs by process and location, version 3", facts, StringComparison.Ordinal);
        Assert.Contains("2026-03-10 11:00:00 UTC to 2026-03-10 12:00:00 UTC", facts, StringComparison.Ordinal);
        Assert.Contains("2026-03-10 12:05:00 UTC, 5 min ago", facts, StringComparison.Ordinal);
        Assert.Contains("All of the 30 days looked back have rows.", facts, StringComparison.Ordinal);
        Assert.Contains("T1071", facts, StringComparison.Ordinal);
        Assert.Equal($"/rules/{AlertSeed.FirstRule}?tab=versions", Card("Rule and window").QuerySelectorAll("a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task Activity_Each_TellsWhoDidWhatWhen()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        await Triage.AcknowledgeAsync(alert, Ben, CancellationToken.None);
        await Triage.CloseAsync(alert with { Version = 2 }, new(Classification.Undetermined, ClassificationReason.None), "First line.\nSecond \u202Eline.", Ben, CancellationToken.None);
        await Triage.ReopenAsync(alert with { Version = 3 }, null, new("entra:t/evil", "E\u202Evil") { Rights = ActorRights.Respond }, CancellationToken.None);
        SignIn("Reader");

        Open(alert.Id);

        Assert.Equal(
            [
                $"{Actor.System.Name} raised it 5 min ago",
                "Ben acknowledged it just now",
                "Ben assigned it to Ben just now",
                "Ben closed it as Undetermined just now",
                "E\\u202Evil reopened it, closed before as Undetermined just now",
            ],
            Card("Activity").QuerySelectorAll("li").Select(entry => Squeezed(entry.FirstElementChild!)));
        Assert.Equal("First line.\nSecond \\u202Eline.", Card("Activity").QuerySelector("li p")!.TextContent);
    }

    [Fact]
    public async Task Similar_Alerts_AreNamedWithTheReason()
    {
        var alerts = await Store.RaiseAsync(
            new AlertSeed(),
            new AlertSeed { RuleId = Guid.NewGuid(), Title = "Same host", Process = "other", SourceIp = "10.9.9.9", Country = "Chad" },
            new AlertSeed { Title = "Same rule", Host = "b", Process = "c", SourceIp = "10.8.8.8", Country = "Niger" },
            new AlertSeed { RuleId = Guid.NewGuid(), Title = "Nothing in common", Host = "d", Process = "e", SourceIp = "10.7.7.7", Country = "Mali" });
        SignIn("Reader");

        Open(alerts[0].Id);

        Assert.Equal(
            ["Low Same host Same host web-01.contoso.example. New 5 min ago", "Low Same rule Same rule. New 5 min ago"],
            Card("Similar alerts").QuerySelectorAll("li").Select(Squeezed));
        Assert.Equal([$"/alerts/{alerts[1].Id}", $"/alerts/{alerts[2].Id}"], Card("Similar alerts").QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Similar_StoreAway_SaysSoAndTriesAgainWhileTheRestStands()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Gate.Close();
        Open(alert.Id);
        Gate.LetOneIn();
        Page.WaitForAssertion(() => Assert.Equal(Headings, Page.FindAll("h2").Select(heading => heading.TextContent)));
        Gate.Fails = true;
        Gate.Open();
        Page.WaitForAssertion(() => Assert.Contains("They could not be read", Card("Similar alerts").TextContent, StringComparison.Ordinal));

        Gate.Fails = false;
        await Card("Similar alerts").QuerySelector("button")!.ClickAsync(new());

        Assert.Contains("No alert within 14 days", Card("Similar alerts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Similar_Followed_ShowsThatAlert()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed { Title = "first" }, new AlertSeed { Title = "second" });
        SignIn("Responder");
        Open(alerts[0].Id);
        Assert.Equal("first", Page.Find("h1").TextContent);

        Navigation.NavigateTo($"/alerts/{alerts[1].Id}");
        Page.Render(parameters => parameters.AddUnmatched(nameof(AlertPage.Id), alerts[1].Id));

        Page.WaitForAssertion(() => Assert.Equal("second", Page.Find("h1").TextContent));
        Page.WaitForAssertion(() => Assert.Equal($"/alerts/{alerts[0].Id}", Card("Similar alerts").QuerySelector("a")!.GetAttribute("href")));
    }

    [Fact]
    public async Task Entities_VeryLongHostileProcess_IsCutInTheMiddleAndWholeElsewhere()
    {
        var name = "\u202E<b>" + new string('x', 91) + "-tail";
        Assert.Equal(100, name.Length);
        var alert = await Store.RaiseAsync(new AlertSeed { Process = name });
        SignIn("Reader");

        Open(alert.Id);

        var whole = name.Replace("\u202E", "\\u202E", StringComparison.Ordinal);
        foreach (var place in (string[])["Entities", "Evidence"])
        {
            var shown = Card(place).QuerySelectorAll("bdi").First(text => text.TextContent.Contains("xx", StringComparison.Ordinal));
            Assert.Matches("^\\\\u202E<b>x+…x+-tail$", shown.TextContent);
            Assert.Equal(whole, shown.GetAttribute("title"));
            Assert.Equal(name, shown.ParentElement!.QuerySelector("button[aria-label^=Copy]")!.GetAttribute("data-copy"));
        }

        Assert.Equal($"{whole} on web-01.contoso.example connected to Moldova", Page.Find("h1").TextContent);
        Assert.Empty(Page.FindAll("b"));
    }

    [Fact]
    public async Task Entities_Many_AreShownOnceAskedFor()
    {
        var addresses = Enumerable.Range(1, 12).Select(number => new FindingEntity(EntityType.Ip, string.Create(CultureInfo.InvariantCulture, $"10.0.0.{number}"))).ToList();
        var alert = await Store.RaiseAsync(new AlertSeed { Entities = addresses });
        SignIn("Reader");
        Open(alert.Id);
        Assert.Equal(8, Card("Entities").QuerySelectorAll("li").Length);
        Assert.Equal("/alerts?entity=Ip%3A10.0.0.1", Card("Entities").QuerySelector("li a")!.GetAttribute("href"));

        await Button("Show all 12").ClickAsync(new());

        Assert.Equal(12, Card("Entities").QuerySelectorAll("li").Length);
    }

    private void Open(long id) => Open($"/alerts/{id}", (nameof(AlertPage.Id), id));

    private IElement Card(string heading) => Page.FindAll("section").Single(section => section.QuerySelector("h2")?.TextContent.Trim() == heading);

    private async Task AddRuleAsync() => await ActivatorUtilities.CreateInstance<RuleStore>(Services, DetectorCatalog.Shipped, ActivatorUtilities.CreateInstance<RulePins>(Services, DetectorCatalog.Shipped))
        .CreateAsync(AlertSeed.FirstRule, ShippedRules.RareOutboundConnectionByProcess.Definition, enabled: true, "", Actor.System, CancellationToken.None);
}
