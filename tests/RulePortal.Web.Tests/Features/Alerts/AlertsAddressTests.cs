using AngleSharp.Dom;
using Bunit;
using RulePortal.Data;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

/// <summary>The list is what its address says, and its controls write that address.</summary>
public sealed class AlertsAddressTests : AlertsPageContext<AlertsPage>
{
    private static readonly Guid OtherRule = new("00000000-0000-0000-0000-0000000000aa");

    [Theory]
    [InlineData("", "hot,old,cold")]
    [InlineData("?severity=High", "hot")]
    [InlineData("?severity=High&severity=Medium", "hot,old")]
    [InlineData("?status=Active", "cold")]
    [InlineData("?status=New&status=Active", "hot,old,cold")]
    [InlineData("?rule=00000000-0000-0000-0000-0000000000aa", "old")]
    [InlineData("?owner=me", "cold")]
    [InlineData("?owner=none", "hot,old")]
    [InlineData("?owner=entra%3At%2Fben", "")]
    [InlineData("?since=PT1H", "hot,cold")]
    [InlineData("?to=2026-03-09T00:00:00Z", "old")]
    [InlineData("?from=2026-03-09T00:00:00Z&to=2026-03-11T00:00:00Z", "hot,cold")]
    [InlineData("?entity=Country%3AChad", "hot")]
    [InlineData("?text=MOLD", "old,cold")]
    [InlineData("?tactic=Impact", "hot")]
    [InlineData("?severity=High&status=Active", "")]
    [InlineData("?sort=Severity&order=desc", "hot,old,cold")]
    [InlineData("?sort=Severity&order=asc", "cold,old,hot")]
    [InlineData("?sort=Raised&order=asc", "old,cold,hot")]
    public async Task Address_Filter_ShowsThoseAlone(string query, string titles)
    {
        await RaiseThreeAsync();
        SignIn("Responder");

        Open("/alerts" + query);

        Assert.Equal(titles, string.Join(',', Titles()));
        if (titles.Length == 0)
        {
            Assert.Equal("No alerts match these filters", Page.Find(".state-title").TextContent);
            Assert.Equal("/alerts", Page.Find(".state-actions a").GetAttribute("href"));
        }
    }

    [Theory]
    [InlineData("Severity", "High", "?severity=High", "Severity: High")]
    [InlineData("Status", "Closed", "?status=Closed", "Status: Closed")]
    [InlineData("Rule", "The other rule", "?rule=00000000-0000-0000-0000-0000000000aa", "Rule: The other rule")]
    [InlineData("Owner", "nobody", "?owner=none", "Owner: nobody")]
    [InlineData("Owner", "Development Responder", "?owner=dev%3Aresponder", "Owner: Development Responder")]
    [InlineData("Raised", "in the last 24 hours", "?since=P1D", "Raised: in the last 24 hours")]
    public async Task Menu_Chosen_IsWrittenIntoTheAddressAndCanBeTakenOut(string menu, string choice, string query, string words)
    {
        await RaiseThreeAsync();
        SignIn("Responder");
        Open("/alerts?page=2");

        await Button(menu).ClickAsync(new());
        await Item(choice).ClickAsync(new());

        Page.WaitForAssertion(() => Assert.EndsWith("/alerts" + query, Navigation.Uri, StringComparison.Ordinal));
        Page.WaitForAssertion(() => Assert.True(HasButton(words)));
        await Page.Find($"[aria-label='Remove the filter {words}']").ClickAsync(new());
        Page.WaitForAssertion(() => Assert.EndsWith("/alerts", Navigation.Uri, StringComparison.Ordinal));
        Page.WaitForAssertion(() => Assert.Equal(3, Titles().Count));
    }

    [Fact]
    public async Task Menu_OfMany_AddsToWhatIsChosenAndSaysWhatIs()
    {
        await RaiseThreeAsync();
        SignIn("Reader");
        Open("/alerts?severity=High");

        await Button("Severity: High").ClickAsync(new());
        Assert.Equal(("true", "false"), (Item("High").GetAttribute("aria-checked"), Item("Low").GetAttribute("aria-checked")));
        await Item("Low").ClickAsync(new());

        Page.WaitForAssertion(() => Assert.Equal(["hot", "cold"], Titles()));
        Assert.EndsWith("/alerts?severity=High&severity=Low", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("true", Item("Low").GetAttribute("aria-checked"));
    }

    [Fact]
    public async Task Search_Typed_FindsAndStandsInTheAddress()
    {
        await RaiseThreeAsync();
        SignIn("Reader");
        Open("/alerts");

        await Page.Find("input[aria-label='Search alerts']").InputAsync("chad");
        Assert.Equal(3, Titles().Count);
        Time.Advance(TimeSpan.FromMilliseconds(400));

        Page.WaitForAssertion(() => Assert.Equal(["hot"], Titles()));
        Assert.EndsWith("/alerts?text=chad", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_TwoTimes_StandsInTheAddressAndIsReadBack()
    {
        await RaiseThreeAsync();
        SignIn("Reader");
        Open("/alerts");
        await Button("Raised").ClickAsync(new());
        await Item("Between two times...").ClickAsync(new());
        Page.WaitForAssertion(() => Assert.Contains("Raised between", Dialog.TextContent, StringComparison.Ordinal));

        await DialogButton("Show").ClickAsync(new());
        Assert.Contains("Give at least one of the two.", Dialog.TextContent, StringComparison.Ordinal);
        await Page.Field("From").ChangeAsync("2026-03-02T00:00");
        await Page.Field("To").ChangeAsync("2026-03-01T00:00");
        await DialogButton("Show").ClickAsync(new());
        Assert.Contains("The end must be after the beginning.", Dialog.TextContent, StringComparison.Ordinal);
        await Page.Field("To").ChangeAsync("2026-03-09T00:00");
        await DialogButton("Show").ClickAsync(new());

        Page.WaitForAssertion(() => Assert.Equal(["old"], Titles()));
        Assert.EndsWith("/alerts?from=2026-03-02T00%3A00%3A00Z&to=2026-03-09T00%3A00%3A00Z", Navigation.Uri, StringComparison.Ordinal);
        Assert.True(HasButton("Raised: 2026-03-02 00:00 to 2026-03-09 00:00 UTC"));
    }

    [Fact]
    public async Task Entity_Filter_IsShownAndCanBeTakenOut()
    {
        await RaiseThreeAsync();
        SignIn("Reader");
        Open("/alerts?entity=Country%3AChad&severity=High");
        Assert.Contains("Country: Chad", Squeezed("[role=search]"), StringComparison.Ordinal);

        await Page.Find("[aria-label='Remove the filter by country']").ClickAsync(new());

        Page.WaitForAssertion(() => Assert.EndsWith("/alerts?severity=High", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ClearFilters_Pressed_KeepsOrderAndSize()
    {
        await RaiseThreeAsync();
        SignIn("Reader");
        Open("/alerts?severity=High&owner=none&sort=Title&order=asc&size=50");

        await Button("Clear filters").ClickAsync(new());

        Page.WaitForAssertion(() => Assert.Equal(["cold", "hot", "old"], Titles()));
        Assert.EndsWith("/alerts?sort=Title&order=asc&size=50", Navigation.Uri, StringComparison.Ordinal);
        Assert.False(HasButton("Clear filters"));
    }

    [Fact]
    public async Task Address_Nonsense_IsNamedAndLeftOut()
    {
        await RaiseThreeAsync();
        SignIn("Reader");

        Open("/alerts?severity=Purple&page=x&owner=none");

        Assert.Equal(["hot", "old"], Titles());
        var notice = Squeezed("[role=alert]");
        Assert.Contains("severity: 'Purple' is none of", notice, StringComparison.Ordinal);
        Assert.Contains("page: 'x' is not a number", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sort_Link_TurnsTheOrderAndKeepsTheFilter()
    {
        await RaiseThreeAsync();
        SignIn("Reader");
        Open("/alerts?owner=none&sort=Raised&order=desc");

        Assert.Equal("/alerts?owner=none&sort=Raised&order=asc", Page.Find("a[aria-label='Sort by Raised, now descending']").GetAttribute("href"));
        Assert.Equal("/alerts?owner=none&sort=Title&order=asc", Page.Find("a[aria-label='Sort by Title']").GetAttribute("href"));
    }

    [Fact]
    public async Task Pages_ManyAlerts_AreTurnedByAddress()
    {
        await Store.RaiseAsync(Enumerable.Range(1, 12).Select(number => new AlertSeed { Title = $"{number:00}", RaisedUtc = AlertSeed.Noon.AddMinutes(-number), Rows = 0 }));
        SignIn("Reader");

        Open("/alerts?owner=none&size=10");
        Assert.Equal(10, Titles().Count);
        Assert.Contains("1–10 of 12", Squeezed("nav[aria-label='Pages of alerts']"), StringComparison.Ordinal);
        Assert.Equal("true", Page.FindAll("nav[aria-label='Pages of alerts'] a").Single(size => size.TextContent == "10").GetAttribute("aria-current"));
        Navigation.NavigateTo(Page.Find("a[aria-label='Next page']").GetAttribute("href")!);

        Page.WaitForAssertion(() => Assert.Equal(["11", "12"], Titles()));
        Assert.EndsWith("/alerts?owner=none&page=2&size=10", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("/alerts?owner=none&size=10", Page.Find("a[aria-label='Previous page']").GetAttribute("href"));
    }

    [Fact]
    public async Task Page_PastTheEnd_SaysSoAndLeadsBack()
    {
        await RaiseThreeAsync();
        SignIn("Reader");

        Open("/alerts?owner=none&page=9");

        Assert.Equal("This page is past the end of the list", Page.Find(".state-title").TextContent);
        Assert.Equal("/alerts?owner=none", Page.Find(".state-actions a").GetAttribute("href"));
    }

    [Fact]
    public async Task Download_Link_HasTheFilterAndNotThePage()
    {
        await RaiseThreeAsync();
        SignIn("Reader");

        Open("/alerts?severity=High&sort=Title&order=asc&size=10");

        Assert.Equal("/alerts.csv?severity=High", Page.FindAll("a").Single(link => link.TextContent.Trim() == "Download CSV").GetAttribute("href"));
    }

    // Three New alerts, of which the person who looks takes one up.
    private async Task RaiseThreeAsync()
    {
        var alerts = await Store.RaiseAsync(
            new AlertSeed { Title = "cold", Severity = Severity.Low, RaisedUtc = AlertSeed.Noon, Country = "Moldova" },
            new AlertSeed { Title = "old", Severity = Severity.Medium, RaisedUtc = AlertSeed.Noon.AddDays(-3), RuleId = OtherRule, RuleName = "The other rule", Country = "Moldova" },
            new AlertSeed { Title = "hot", Severity = Severity.High, RaisedUtc = AlertSeed.Noon.AddMinutes(8), Country = "Chad", Tactics = [AttackTactic.Impact] });
        var taken = await Triage.AcknowledgeAsync(alerts[0], new("dev:responder", "Development Responder") { Rights = ActorRights.Respond }, CancellationToken.None);
        Assert.Equal(TriageOutcome.Changed, taken.Outcome);
    }

    private IReadOnlyList<string> Titles() => [.. Page.FindAll("td[data-label=Title]").Select(Squeezed)];

    private IElement Item(string text) => Page.FindAll("[role^=menuitem]").Single(item => item.TextContent.Trim() == text);
}
