using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Detection.Detectors;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

/// <summary>The evidence on the page of an alert.</summary>
public sealed class EvidenceTests : AlertsPageContext<AlertPage>
{
    [Fact]
    public async Task Evidence_Row_HasTheQuerysColumnsInItsOrder()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");

        Open(alert.Id);

        Assert.Equal(
            [
                "Explanation", "ProcessName", "SourceIp", "DestinationIp", "RemoteCountry", "count_", "Computer", "Direction", "ProcessName1", "SourceIp1", "DestinationIp1", "DestinationPort",
                "Protocol", "RemoteCountry1", "MaliciousIp", "min_TimeGenerated", "max_TimeGenerated", "sum_BytesSent", "sum_BytesReceived",
            ],
            Table.QuerySelectorAll("thead th").Select(Squeezed));
        var cells = Table.QuerySelector("tbody tr")!.Children.Skip(1).Select(Squeezed).ToList();
        Assert.Equal(["updater", "10.1.4.20", "203.0.113.1", "Moldova", "3"], cells.Take(5));
        Assert.Equal(["443", "tcp", "Moldova", "(empty)", "2026-03-10 11:10:00 UTC", "2026-03-10 11:10:00 UTC", "5,120", "204,800"], cells.Skip(10));
        Assert.Contains("6 result rows. Instants are UTC.", Card.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/alerts/{alert.Id}/evidence.csv", Card.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Evidence_Opened_TellsWhyTheRowIsAResult()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Open(alert.Id);
        Assert.Equal("false", Expander(1).GetAttribute("aria-expanded"));

        await Expander(1).ClickAsync(new());

        Assert.Equal("true", Expander(1).GetAttribute("aria-expanded"));
        var why = Page.Find($"[id='{Expander(1).GetAttribute("aria-controls")}']");
        Assert.Contains("updater on web-01.contoso.example reached 203.0.113.1 in Moldova.", why.TextContent, StringComparison.Ordinal);
        Assert.Contains("Rows of Moldova in the 30 days before: 2 rows; more than 5 rows make the country common.", why.TextContent, StringComparison.Ordinal);
        await Expander(1).ClickAsync(new());
        Assert.Equal("false", Expander(1).GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task Evidence_Many_IsPagedByAddress()
    {
        var alert = await Store.RaiseAsync(new AlertSeed { Rows = 30 });
        SignIn("Reader");
        Open(alert.Id);
        Assert.Equal(25, Table.QuerySelectorAll("tbody tr").Length);
        var next = Page.Find("nav[aria-label='Pages of evidence'] a[aria-label='Next page']").GetAttribute("href")!;
        Assert.Equal($"/alerts/{alert.Id}?evidence=2", next);

        Navigation.NavigateTo(next);

        Page.WaitForAssertion(() => Assert.Equal(5, Table.QuerySelectorAll("tbody tr").Length));
        Assert.Contains("26–30 of 30", Squeezed("nav[aria-label='Pages of evidence']"), StringComparison.Ordinal);
        Assert.Equal($"/alerts/{alert.Id}", Page.Find("nav[aria-label='Pages of evidence'] a[aria-label='Previous page']").GetAttribute("href"));
    }

    [Fact]
    public async Task Evidence_PastTheEnd_SaysSoAndLeadsBack()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");

        Open(alert.Id, "?evidence=9");

        Assert.Equal("This page is past the end of the evidence", Card.QuerySelector(".state-title")!.TextContent);
        Assert.Equal($"/alerts/{alert.Id}", Card.QuerySelector(".state-actions a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("?evidence=abc")]
    [InlineData("?evidence=-1")]
    [InlineData("?evidence=2147483647")]
    public async Task Evidence_AddressThatIsNoPage_ShowsTheFirst(string query)
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");

        Open(alert.Id, query);

        Assert.Equal(6, Table.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Evidence_None_SaysWhy()
    {
        var alert = await Store.RaiseAsync(new AlertSeed { Rows = 0 });
        SignIn("Reader");

        Open(alert.Id);

        Assert.Contains("No result rows are kept", Card.TextContent, StringComparison.Ordinal);
        Assert.Contains("The trigger held without any.", Card.TextContent, StringComparison.Ordinal);
        Assert.Empty(Card.QuerySelectorAll("a"));
    }

    [Fact]
    public async Task Evidence_CannotBeRead_SaysSoAndTriesAgainWhileTheRestStands()
    {
        var alert = await Store.RaiseAsync(new AlertSeed { Rows = 30 });
        SignIn("Reader");
        Open(alert.Id);
        Gate.Fails = true;

        Navigation.NavigateTo($"/alerts/{alert.Id}?evidence=2");
        Page.WaitForAssertion(() => Assert.Equal("The evidence could not be read", Card.QuerySelector("[role=alert] .state-title")!.TextContent));
        Assert.Contains("Why it fired", Page.FindAll("h2").Select(heading => heading.TextContent));

        Gate.Fails = false;
        await Button("Try again").ClickAsync(new());
        Assert.Equal(5, Table.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Evidence_RowsFoundLater_AppearByThemselves()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Open(alert.Id);
        await using (var db = await Store.CreateDbContextAsync())
        {
            var stored = await db.Alerts.Include(row => row.Occurrences).Include(row => row.Entities).SingleAsync(CancellationToken.None);
            var more = new AlertSeed { Rows = 2, WindowEndUtc = AlertSeed.Noon }.BuildOccurrence();
            db.Entry(more).Property("AlertId").CurrentValue = stored.Id;
            db.Add(more);
            stored.Extended([.. Enumerable.Repeat(new Finding([], [], Subject.None, "k", new Explanation("", "", [], [])), 2)], Now);
            await db.SaveChangesAsync();
        }

        Time.Advance(TimeSpan.FromSeconds(30));

        Page.WaitForAssertion(() => Assert.Equal(8, Table.QuerySelectorAll("tbody tr").Length));
        Assert.Contains("8 result rows of 2 windows.", Card.TextContent, StringComparison.Ordinal);
        Assert.Contains("found more of the same", Page.Markup, StringComparison.Ordinal);
    }

    private IElement Card => Page.FindAll("section").Single(section => section.QuerySelector("h2")?.TextContent == "Evidence");

    private IElement Table => Page.Find("[role=region][aria-label='Result rows'] table");

    private IElement Expander(int row) => Page.Find($"button[aria-label='Why row {row} is a result']");

    private void Open(long id, string query = "") => Open($"/alerts/{id}{query}", (nameof(AlertPage.Id), id));
}
