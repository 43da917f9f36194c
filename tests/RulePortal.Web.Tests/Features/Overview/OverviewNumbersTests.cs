using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Overview;
using RulePortal.Web.Kit.Views;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Features.Alerts;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Overview;

/// <summary>What the numbers say, where they stand, and that each leads to exactly the alerts it counts.</summary>
public sealed class OverviewNumbersTests : AlertsPageContext<OverviewPage>
{
    private static readonly Guid OtherRule = new("00000000-0000-0000-0000-0000000000aa");

    public OverviewNumbersTests() => Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake().AddOverviewFeature();

    [Theory]
    [InlineData("Reader")]
    [InlineData("Responder")]
    [InlineData("Contributor")]
    [InlineData("Administrator")]
    public async Task Page_AnyRole_StandsInTheOrderOfTheQuestionAndHasNothingToPress(string role)
    {
        await RaiseMixtureAsync();
        SignIn(role);

        Open("/");

        Assert.Equal(
            [
                "Open alerts", "Rules", "Data", "Alerts per day", "Alerts having each tactic",
                "Top rules", "Top hosts", "Top countries", "Top processes", "False positives by rule",
            ],
            Page.FindAll("h2").Select(Squeezed));
        Assert.Equal("Overview", Page.Find("h1").TextContent);
        Assert.Empty(Page.FindAll("button, input, form"));
    }

    [Fact]
    public async Task Numbers_Each_LeadToExactlyThoseAlerts()
    {
        await RaiseMixtureAsync();
        SignIn("Reader");

        Open("/");

        var counted = Page.FindAll("a[href^='/alerts']").Select(link => (Address: link.GetAttribute("href")!, Number: NumberOf(link))).Where(link => link.Number is not null).ToList();
        Assert.InRange(counted.Count, 25, 100);
        var wrong = new List<string>();
        foreach (var (address, number) in counted)
        {
            var found = await CountAsync(address);
            if (found != number)
            {
                wrong.Add($"{address}: the page says {number}, the list has {found}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task OpenAlerts_EachAge_IsCountedAtItsEdge()
    {
        await Store.RaiseAsync(
            Raised(TimeSpan.FromHours(1)), Raised(TimeSpan.FromHours(1) + TimeSpan.FromTicks(10)),
            Raised(TimeSpan.FromDays(1)), Raised(TimeSpan.FromDays(1) + TimeSpan.FromTicks(10)),
            Raised(TimeSpan.FromDays(7)), Raised(TimeSpan.FromDays(7) + TimeSpan.FromTicks(10)), Raised(TimeSpan.FromDays(200)));
        SignIn("Reader");

        Open("/");

        var table = Page.Find("[aria-label='Open alerts by severity and age']");
        Assert.Equal(["Severity", "under 1 h", "1 to 24 h", "1 to 7 d", "over 7 d", "All"], table.QuerySelectorAll("thead th").Select(Squeezed));
        Assert.Equal(["Low", "1", "2", "2", "2", "7"], table.QuerySelectorAll("tbody tr")[2].Children.Select(Squeezed));
    }

    [Fact]
    public async Task OpenAlerts_Taken_AreNoLongerUnassigned()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed(), new AlertSeed());
        await Triage.AcknowledgeAsync(alerts[0], Ben, CancellationToken.None);
        await Triage.CloseAsync(alerts[1], new(Classification.Undetermined, ClassificationReason.None), null, Ben, CancellationToken.None);
        SignIn("Reader");

        Open("/");

        Assert.Contains("2 open", Squeezed("[aria-labelledby=open-alerts]"), StringComparison.Ordinal);
        Assert.Contains("1 unassigned", Squeezed("[aria-labelledby=open-alerts]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_Thirty_AreCountedByTheUtcDay()
    {
        await Store.RaiseAsync(
            new AlertSeed { RaisedUtc = AlertSeed.Noon.Date, Severity = Severity.High },
            new AlertSeed { RaisedUtc = AlertSeed.Noon.Date.AddTicks(-10) },
            new AlertSeed { RaisedUtc = AlertSeed.Noon.Date.AddDays(-29) },
            new AlertSeed { RaisedUtc = AlertSeed.Noon.Date.AddDays(-29).AddTicks(-10) });
        SignIn("Reader");

        Open("/");

        Assert.Equal(
            ["2026-03-10 1 0 0 0 1", "2026-03-09 0 0 1 0 1", "2026-02-09 0 0 1 0 1"],
            Page.FindAll("[aria-label='Alerts per day as a table'] tbody tr").Select(row => string.Join(' ', row.Children.Select(Squeezed))));
        Assert.Equal(30, Page.FindAll("figure[aria-label='Alerts per day by severity'] a").Count);
        Assert.Contains("4 open", Squeezed("[aria-labelledby=open-alerts]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_Hostile_AreMadeVisibleAndFindTheirAlerts()
    {
        const string Process = "\u202E<b>a & b: c?d=e#f %41 +\u00A0\\";
        await Store.RaiseAsync(new AlertSeed { Process = Process, Title = "found" }, new AlertSeed { Title = "other" });
        SignIn("Reader");

        Open("/");

        var link = Page.FindAll("[aria-label='Top processes'] a").Single(name => name.TextContent != "updater");
        Assert.StartsWith("\\u202E<b>a & b: c?d=e#f %41 +", link.TextContent, StringComparison.Ordinal);
        Assert.Empty(Page.FindAll("b"));
        Assert.Equal(1, await CountAsync(link.GetAttribute("href")!));
    }

    private static AlertSeed Raised(TimeSpan ago) => new() { RaisedUtc = AlertSeed.Noon.AddMinutes(10) - ago, Rows = 0 };

    // Beside the name stands the number of its row; a number by itself is its own.
    private static int? NumberOf(IElement link)
    {
        var own = Digits(link.TextContent);
        var row = link.Closest("li, tr");
        return own is not null && link.TextContent.Any(char.IsAsciiDigit) && !link.TextContent.Contains('-', StringComparison.Ordinal) ? own
            : row is null ? null
            : Digits(row.Children.Select(cell => cell.TextContent).Last(text => text.Trim().Length > 0));
    }

    private static int? Digits(string text) =>
        int.TryParse(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task<int> CountAsync(string address)
    {
        var (view, faults) = AlertsViewReader.Read(new Uri(new Uri("http://localhost"), address));
        Assert.Empty(faults);
        return (await Services.GetRequiredService<AlertQueries>().PageAsync(view.ToFilter("dev:reader", Now), AlertOrder.Queue, 0, 1, CancellationToken.None)).Total;
    }

    // Twelve alerts over 40 days of two rules, some taken, some closed.
    private async Task RaiseMixtureAsync()
    {
        var severities = Enum.GetValues<Severity>();
        var alerts = await Store.RaiseAsync(Enumerable.Range(0, 12).Select(number => new AlertSeed
        {
            Severity = severities[number % severities.Length],
            RaisedUtc = AlertSeed.Noon.AddMinutes(9).AddHours(-7 * number * number),
            RuleId = number % 3 == 0 ? OtherRule : AlertSeed.FirstRule,
            RuleName = number % 3 == 0 ? "The other rule" : "The first rule",
            Host = $"web-{number % 4}",
            Process = number % 5 == 0 ? "a process & its <friends>" : "updater",
            Country = $"Country {number % 2}",
            Tactics = number % 2 == 0 ? [AttackTactic.Exfiltration, AttackTactic.Discovery] : [AttackTactic.Impact],
            Rows = 0,
        }));
        foreach (var alert in alerts.Where(alert => alert.Id % 4 == 2))
        {
            await Triage.AssignAsync(alert, Ben, Ben, CancellationToken.None);
        }

        foreach (var (index, alert) in alerts.Where(alert => alert.Id % 4 == 1).Index())
        {
            var verdict = index % 2 == 0 ? new ClosingVerdict(Classification.FalsePositive, ClassificationReason.InaccurateData) : new ClosingVerdict(Classification.Undetermined, ClassificationReason.None);
            await Triage.CloseAsync(alert, verdict, null, Ben, CancellationToken.None);
        }
    }
}
