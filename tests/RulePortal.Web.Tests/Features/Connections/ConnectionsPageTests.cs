using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Web.Features.Connections;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Connections;

public sealed class ConnectionsPageTests : ConnectionsPageContext
{
    private static readonly string[] Headings = ["Volume, last 7 days", "Freshness by machine", "Baseline", "Batches", "Bring connections in"];

    [Fact]
    public async Task Page_WhileReading_ShowsItsShape()
    {
        await StoreAsync(Hourly(1));
        SignIn("Reader");
        Gate.Close();

        Open();

        Assert.Equal(2, Page.FindAll("[role=status][aria-label=Loading]").Count);
        Assert.Equal("Connections", Page.Find("h1").TextContent);
        Assert.Empty(Page.FindAll("h2"));
        Gate.Open();
        Page.WaitForAssertion(() => Assert.Equal(Headings, Page.FindAll("h2").Select(heading => heading.TextContent)));
        Assert.Empty(Page.FindAll("[aria-label=Loading]"));
    }

    [Fact]
    public void Page_EmptyStore_SaysWhyAndOffersTheUpload()
    {
        SignIn("Contributor");

        Open();

        Assert.Equal("No connections are stored", Page.Find(".state-title").TextContent);
        Assert.Contains("upload a file below", Page.Find(".state-text").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Bring connections in"], Page.FindAll("h2").Select(heading => heading.TextContent));
        Assert.NotNull(Page.Find("label:contains('File of connections') input[type=file]"));
    }

    [Fact]
    public void Page_EmptyStore_TellsAReaderWhoCanUpload()
    {
        SignIn("Reader");

        Open();

        Assert.DoesNotContain("upload a file below", Page.Find(".state-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("Uploading needs the role Contributor.", Card("Bring connections in").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreAway_SaysSoAndTriesAgain()
    {
        await StoreAsync(Hourly(1));
        SignIn("Reader");
        Gate.Fails = true;

        Open();
        Assert.Equal("The connections could not be read", Page.Find("[role=alert] .state-title").TextContent);
        Assert.Contains("What was stored is safe.", Page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("The store is away", Page.Markup, StringComparison.Ordinal);

        Gate.Fails = false;
        await Page.Button("Try again").ClickAsync(new());
        Assert.Equal(Headings, Page.FindAll("h2").Select(heading => heading.TextContent));
    }

    [Fact]
    public async Task Page_StoreAwayLater_KeepsWhatItShowsAndSaysHowOldItIs()
    {
        await StoreAsync(Hourly(1));
        SignIn("Reader");
        Open();
        Gate.Fails = true;

        Time.Advance(TimeSpan.FromMinutes(1));

        Page.WaitForAssertion(() => Assert.Contains("could not be refreshed. It shows what was read 1 min ago", Page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(Headings, Page.FindAll("h2").Select(heading => heading.TextContent));
        Gate.Fails = false;
        Time.Advance(TimeSpan.FromMinutes(1));
        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[role=alert]")));
    }

    [Fact]
    public async Task Page_MinuteLater_ShowsWhatCameMeanwhile()
    {
        await StoreAsync(Hourly(1));
        SignIn("Reader");
        Open();
        Assert.Equal("1 machine; newest row 30 min ago", Page.Find(".page-header-subtitle").TextContent);
        await StoreAsync(At(Now, "vm-02"));

        Time.Advance(TimeSpan.FromMinutes(1));

        Page.WaitForAssertion(() => Assert.Equal("2 machines; newest row 1 min ago", Page.Find(".page-header-subtitle").TextContent));
    }

    [Fact]
    public async Task Volume_HoursWithoutRows_AreNamed()
    {
        await StoreAsync(Hourly(7 * 24).Where(row => row.TimeGenerated.Hour is not (3 or 4) || row.TimeGenerated.Day != 1));
        SignIn("Reader");

        Open();

        var card = Card("Volume, last 7 days");
        Assert.Contains("2 hours without any row: 03-01 03:00 to 03-01 05:00 UTC.", card.TextContent, StringComparison.Ordinal);
        Assert.NotNull(card.QuerySelector("[role=region][aria-label='Rows an hour, as a chart'] svg"));
        Assert.Equal([["2026-03-02", "12", "12 of 13"], ["2026-03-01", "22", "22 of 24"]], Rows("Rows a day").Take(2));
    }

    [Fact]
    public async Task Volume_EveryHourHasRows_SaysSo()
    {
        await StoreAsync(Hourly(7 * 24));
        SignIn("Reader");

        Open();

        Assert.Contains("Every complete hour has rows.", Card("Volume, last 7 days").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Freshness_Machines_StandLongestSilentFirst()
    {
        await StoreAsync(At(Now.AddMinutes(-5), "fresh"), At(Now.AddMinutes(-9), "fresh"), At(Now.AddHours(-3), "silent"));
        SignIn("Reader");

        Open();

        var rows = Rows("Machines, the longest silent first").Select(row => string.Join('|', row.Select(cell => string.Join(' ', cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));
        Assert.Equal(["silent|3 h ago|Silent every 1 h (default)|1", "fresh|5 min ago|Reporting every 1 h (default)|2"], rows);
        Assert.Empty(Page.FindAll("[aria-label^='How often']"));
    }

    [Theory]
    [InlineData(1, "4h", "Reporting", "every 4 h")]
    [InlineData(2, null, "Not expected", "never")]
    public async Task Freshness_IntervalOfItsOwn_IsKeptAndShown(int choice, string? interval, string state, string words)
    {
        await StoreAsync(At(Now.AddHours(-3), "slow"));
        SignIn("Contributor");
        Open();

        var over = Page.Find("[aria-label='How often slow reports: every 1 h (default)']").ClickAsync(new());
        await Page.FindAll(".mud-dialog input[type=radio]")[choice].ChangeAsync(new() { Value = "on" });
        if (interval is not null)
        {
            await Page.Field("Interval").ChangeAsync(new() { Value = "31d" });
            await Page.Button("Keep").ClickAsync(new());
            Assert.Contains("1 minute to 30 days", Page.Find(".mud-dialog").TextContent, StringComparison.Ordinal);
            await Page.Field("Interval").ChangeAsync(new() { Value = interval });
        }

        await Page.Button("Keep").ClickAsync(new());
        await over;

        var row = Assert.Single(Rows("Machines, the longest silent first"));
        Assert.StartsWith(state, row[2], StringComparison.Ordinal);
        Assert.EndsWith(words, row[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Banner_SilentMachines_SaysHowManyAndSinceWhen()
    {
        var watch = Services.GetRequiredService<SourceWatch>();
        var banner = new SilenceBanner(watch, Time);
        await StoreAsync(At(Now.AddMinutes(-5), "fresh"), At(Now.AddHours(-3), "silent"));

        var message = await banner.GetAsync(CancellationToken.None);
        Assert.Equal("1 of 2 machines has fallen silent, the longest 3 h ago. Rules find nothing in what does not arrive.", message!.Text);
        await watch.ExpectAsync("silent", TimeSpan.Zero, Ada, CancellationToken.None);

        Assert.Null(await banner.GetAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(30, "30 of 30", "Full")]
    [InlineData(12, "12 of 30", "Thin")]
    [InlineData(6, "6 of 30", "Learning")]
    public async Task Baseline_Rule_TellsDaysAndState(int days, string fullness, string state)
    {
        var rule = await AddRuleAsync(definition => definition with { LearningPeriod = TimeSpan.FromDays(7) });
        await StoreAsync(Enumerable.Range(1, days).Select(day => At(Now.AddDays(-day))));
        SignIn("Reader");

        Open();

        var row = Assert.Single(Rows("Baseline by rule"));
        Assert.Equal([fullness, state], row.Skip(1));
        Assert.Equal($"/rules/{rule}", Card("Baseline").QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Baseline_NoRuleEnabled_SaysSo()
    {
        await StoreAsync(Hourly(1));
        SignIn("Reader");

        Open();

        Assert.Contains("No rule is enabled", Card("Baseline").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_PageOfMachines_IsShownAndKeepsThePageOfBatches()
    {
        await StoreAsync(Enumerable.Range(1, 11).Select(number => At(Now.AddMinutes(number - 30), $"vm-{number:00}")));
        SignIn("Reader");

        Open("/connections?machines=2");

        Assert.Equal("vm-11", Assert.Single(Rows("Machines, the longest silent first"))[0]);
        var pager = Page.Find("nav[aria-label='Pages of machines']");
        Assert.Contains("11–11 of 11", pager.TextContent, StringComparison.Ordinal);
        Assert.Equal("/connections", pager.QuerySelector("a[aria-label='Previous page']")!.GetAttribute("href"));
        Navigation.NavigateTo("/connections");
        Page.WaitForAssertion(() => Assert.Equal("vm-01", Rows("Machines, the longest silent first")[0][0]));
    }

    [Theory]
    [InlineData("?page=2&machines=2")]
    [InlineData("?page=1000000&machines=1000000")]
    public async Task Address_PastTheEnd_SaysSoAndLeadsBack(string query)
    {
        await StoreAsync(Hourly(1));
        SignIn("Reader");

        Open("/connections" + query);

        foreach (var card in (string[])["Freshness by machine", "Batches"])
        {
            Assert.Contains("This page is past the end of the list", Card(card).TextContent, StringComparison.Ordinal);
            Assert.StartsWith("/connections", Card(card).QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("of 1", Card("Batches").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?page=abc&machines=-1&batch=x")]
    [InlineData("?page=2147483647&machines=99999999999999999999&batch=-1")]
    public async Task Address_Nonsense_IsTheFirstPage(string query)
    {
        await StoreAsync(Hourly(1));
        SignIn("Reader");

        Open("/connections" + query);

        Assert.Equal(Headings, Page.FindAll("h2").Select(heading => heading.TextContent));
        Assert.Single(Rows("Machines, the longest silent first"));
        Assert.Single(Rows("Batches, the newest first"));
    }

    [Fact]
    public async Task Machine_VeryLongHostileName_IsCutInTheMiddleAndWholeElsewhere()
    {
        var name = "\u202E<b>" + new string('x', 90) + "-tail";
        await StoreAsync(At(Now, name));
        SignIn("Reader");

        Open();

        var cell = Page.Find("[aria-label='Machines, the longest silent first'] tbody th");
        var shown = cell.QuerySelector("bdi")!;
        Assert.Matches("^\\\\u202E<b>x+…x+-tail$", shown.TextContent);
        Assert.InRange(shown.TextContent.Length, 20, 40);
        Assert.Equal(name.Replace("\u202E", "\\u202E", StringComparison.Ordinal), shown.GetAttribute("title"));
        Assert.Equal(name, cell.QuerySelector("button[aria-label^=Copy]")!.GetAttribute("data-copy"));
    }

    [Fact]
    public void Snippet_ForPrograms_NamesThisPortalsAddress()
    {
        SignIn("Reader");

        Open();

        Assert.Contains("http://localhost/api/v1/connections", Page.Find("pre").TextContent, StringComparison.Ordinal);
    }
}
