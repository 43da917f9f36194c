using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RulePortal.Data.Analytics;
using RulePortal.Data.Auditing;
using RulePortal.Web.Features.Analytics;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Analytics;

/// <summary>The tabs Detector, Runs and Versions of the Rule page.</summary>
public sealed class RuleTabsTests : RulePageContext
{
    private const string Below = "3 result rows did not reach the threshold of more than 5";

    private IRenderedComponent<Harness<RulePage>> page = null!;

    [Fact]
    public async Task Detector_Shipped_ShowsEveryKnobWithItsShippedValueAndWhatHasNoEffect()
    {
        await OpenAsync("Contributor", "detector");

        var words = page.Find(".detector-settings").TextContent;
        foreach (var shipped in new[] { "Shipped: outbound.", "Shipped: follows query frequency.", "Shipped: follows query period.", "Shipped: 5 rows.", "Shipped: 7 d.", "Shipped: 7 rows." })
        {
            Assert.Contains(shipped, words, StringComparison.Ordinal);
        }

        Assert.Contains("Tuple threshold has no effect at these settings", words, StringComparison.Ordinal);
        Assert.Contains("A row is one connection in one minute, not one connection.", words, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.StartsWith("Reset", StringComparison.Ordinal));
        Assert.Equal("Follows query period (30 d)", page.Field("Country lookback").GetAttribute("placeholder"));
    }

    [Fact]
    public async Task Detector_NumberTyped_MovesTheSliderAndTheOtherWayRound()
    {
        await OpenAsync("Contributor", "detector");

        await page.TypeAsync("Country threshold", "60");
        Assert.Equal("60", page.Find("input[type=range][aria-label='Country threshold']").GetAttribute("value"));

        await page.Find("input[type=range][aria-label='Country threshold']").InputAsync(new ChangeEventArgs { Value = "33" });
        Assert.Equal("33", page.Field("Country threshold").GetAttribute("value"));
        Assert.Contains("at most 33 rows in that time", page.Find(".rule-summary").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detector_NumberBeyondTheSlider_StaysAsTyped()
    {
        await OpenAsync("Contributor", "detector");

        await page.TypeAsync("Country threshold", "5000");

        var slider = page.Find("input[type=range][aria-label='Country threshold']");
        Assert.Equal(("100", "5,000 rows, beyond the slider"), (slider.GetAttribute("value"), slider.GetAttribute("aria-valuetext")));
        Assert.Equal("5000", page.Field("Country threshold").GetAttribute("value"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("2000000000")]
    public async Task Detector_NumberNotAllowed_IsAFaultOfItsField(string typed)
    {
        await OpenAsync("Contributor", "detector");

        await page.TypeAsync("Country threshold", typed);

        Assert.Contains("Country threshold must be a whole number of rows from 0 to 1,000,000,000.", page.Find(".rule-notice-bad li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detector_Reset_PutsTheShippedValueBack()
    {
        await OpenAsync("Contributor", "detector");
        await page.TypeAsync("Tuple lookback", "10d");
        Assert.Contains("in the 10 d before", page.Find(".rule-summary").TextContent, StringComparison.Ordinal);

        await page.Button("Reset tuple lookback to shipped").ClickAsync(new());

        Assert.Equal("7 d", page.Field("Tuple lookback").GetAttribute("value"));
        Assert.True(page.Button("Save as version 2").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Test_EditedSettings_ShowsWhatTheyWouldFindAndStoresNothing()
    {
        await PlantAsync(ports: 6);
        await OpenAsync("Contributor", "detector");

        await page.Button("Test with current data").ClickAsync(new());
        Assert.Contains("Would fire: 6 result rows, and it takes more than 5.", page.Find(".test-verdict").TextContent, StringComparison.Ordinal);
        Assert.Equal(6, page.FindAll(".test-results > li").Count);
        var first = page.Find(".test-results > li");
        Assert.Contains("nc on vm-01", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("more than 5 rows make the country common", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("sum_BytesReceived", first.TextContent, StringComparison.Ordinal);

        var direction = page.FindComponents<MudSelect<string>>().Single(select => select.Instance.Label == "Direction");
        await page.InvokeAsync(() => direction.Instance.ValueChanged.InvokeAsync("inbound"));
        Assert.Contains("The form has changed since this test.", page.Find(".test-panel").TextContent, StringComparison.Ordinal);
        await page.Button("Test with current data").ClickAsync(new());

        Assert.Contains("Would not fire: 0 result rows", page.Find(".test-verdict").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".test-results"));
        Assert.Equal(0, (await Services.GetRequiredService<RuleQueries>().RunsAsync(new RuleRunFilter(), 0, 1, CancellationToken.None)).Total);
        Assert.Equal(1, (await Rules.FindAsync(Shipped.Id, CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task Test_ManyRows_AreShownInPages()
    {
        await PlantAsync(ports: 45);
        await OpenAsync("Reader", "detector");

        await page.Button("Test with current data").ClickAsync(new());
        Assert.Equal(20, page.FindAll(".test-results > li").Count);
        await page.Button("Next").ClickAsync(new());
        await page.Button("Next").ClickAsync(new());

        Assert.Equal(5, page.FindAll(".test-results > li").Count);
        Assert.Contains("41 to 45 of 45", page.Find(".pager").TextContent, StringComparison.Ordinal);
        Assert.True(page.Button("Next").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("2026-03-02 11:30", "2026-03-02 10:30:00 UTC to 2026-03-02 11:30:00 UTC")]
    [InlineData("2026-03-02T13:30:00+02:00", "2026-03-02 10:30:00 UTC to 2026-03-02 11:30:00 UTC")]
    public async Task Test_AtAnInstant_EvaluatesTheWindowThatEndsThere(string typed, string window)
    {
        await OpenAsync("Reader", "detector");
        await page.TypeAsync("As of (UTC)", typed);

        await page.Button("Test with current data").ClickAsync(new());

        Assert.Contains(window, page.Find(".test-panel").TextContent, StringComparison.Ordinal);
        Assert.Contains("No connection is stored for this window", page.Find(".test-panel").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_InstantThatIsNone_SaysHowToWriteIt()
    {
        await OpenAsync("Reader", "detector");
        await page.TypeAsync("As of (UTC)", "yesterday");

        await page.Button("Test with current data").ClickAsync(new());

        Assert.Contains("write it such as 2026-01-31 00:00, in UTC", page.Find(".test-panel").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".test-verdict"));
    }

    [Fact]
    public async Task Test_UnreadableField_AsksToPutItRight()
    {
        await OpenAsync("Contributor", "detector");
        await page.TypeAsync("Tuple lookback", "soon");

        await page.Button("Test with current data").ClickAsync(new());

        Assert.Contains("put them right first", page.Find(".test-panel").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_StoreAway_SaysThatItFailedAndKeepsTheForm()
    {
        await OpenAsync("Contributor", "detector");
        await page.TypeAsync("Country threshold", "9");
        Gate.Fails = true;

        await page.Button("Test with current data").ClickAsync(new());

        Assert.Contains("The test failed. What you typed is still in the form", page.Find(".test-panel").TextContent, StringComparison.Ordinal);
        Assert.Equal("9", page.Field("Country threshold").GetAttribute("value"));
    }

    [Fact]
    public async Task Runs_None_SaysWhenOneComes()
    {
        await OpenAsync("Reader", "runs");

        Assert.Equal("No window yet", page.Find(".state-title").TextContent);
    }

    [Fact]
    public async Task Runs_Windows_ShowStatusSentenceAndTheirAttempts()
    {
        await AddRuleAsync();
        await AddWindowAsync(Shipped.Id, Now, WindowStatus.Succeeded, AttemptOutcome.Alerted, "6 result rows exceeded the threshold of more than 5: 1 alert", attempts: 2);
        await AddWindowAsync(Shipped.Id, Now.AddHours(-1), WindowStatus.NoData, AttemptOutcome.NoData, "No rows arrived for this window");
        await AddWindowAsync(Shipped.Id, Now.AddHours(1), WindowStatus.Due, null, "");
        Open("Reader", "runs");

        Assert.Equal(["Due", "Alerted", "No data"], page.FindAll(".runs .tone").Select(tone => tone.TextContent));
        Assert.Contains("2026-03-02 11:00 to 12:00", page.Find(".runs").TextContent, StringComparison.Ordinal);
        await page.Find(".runs button[aria-expanded=false]").ClickAsync(new());

        var attempts = page.FindAll(".attempts > li").Select(attempt => attempt.TextContent).ToList();
        Assert.Equal(2, attempts.Count);
        Assert.Contains("Retry by System", attempts[0], StringComparison.Ordinal);
        Assert.Contains("took 140 ms", attempts[0], StringComparison.Ordinal);
        Assert.Contains("SQLite Error 5: 'database is locked'.", attempts[1], StringComparison.Ordinal);
        await page.Find(".runs button[aria-expanded=true]").ClickAsync(new());
        Assert.Empty(page.FindAll(".attempts"));
    }

    [Theory]
    [InlineData("Reader", false)]
    [InlineData("Contributor", true)]
    public async Task Runs_LateData_SaysWhatItWouldChangeAndOffersToEvaluateAgain(string role, bool offered)
    {
        await AddRuleAsync();
        await PlantAsync(ports: 6);
        var windowId = await AddWindowAsync(Shipped.Id, Now, WindowStatus.Succeeded, AttemptOutcome.BelowThreshold, Below);
        await using (var db = await Store.CreateDbContextAsync())
        {
            var late = await db.RuleWindows.FindAsync([windowId], Xunit.TestContext.Current.CancellationToken);
            (late!.LateVerdict, late.LateBatchSeq, late.LateSentence) = (LateVerdict.WouldAlert, 7, "Would now alert (1 new alert): 6 result rows");
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        Open(role, "runs");

        Assert.Equal("Late data: would now alert", page.Find(".late-note .tone").TextContent);
        Assert.Contains("Batch 7 brought rows after the evaluation. Would now alert (1 new alert): 6 result rows", page.Find(".late-note").TextContent, StringComparison.Ordinal);
        Assert.Equal(offered, page.FindAll(".late-note button").Count == 1);
        if (offered)
        {
            await page.Find(".late-note button").ClickAsync(new());

            Assert.Empty(page.FindAll(".late-note"));
            Assert.Equal("Alerted", page.Find(".runs .tone").TextContent);
        }
    }

    [Theory]
    [InlineData(AttemptOutcome.Learning, 3, "Learning 3 of 7 days of data that its alerts need are there.")]
    [InlineData(AttemptOutcome.BelowThreshold, 12, "Baseline at the last run: 12 of 30 days looked back have rows; the fewer, the more looks new.")]
    [InlineData(AttemptOutcome.BelowThreshold, 30, "Baseline at the last run: 30 of 30 days looked back have rows.")]
    public async Task Summary_LastRun_SaysHowFullItsBaselineWas(AttemptOutcome outcome, int days, string words)
    {
        await AddRuleAsync();
        await AddWindowAsync(Shipped.Id, Now, WindowStatus.Succeeded, outcome, "A sentence");
        await using (var db = await Store.CreateDbContextAsync())
        {
            var attempt = db.RuleAttempts.Single();
            (attempt.BaselineDays, attempt.LookbackDays) = (days, 30);
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        Open("Reader", "general");

        Assert.StartsWith(words, string.Join(' ', page.Find(".rule-baseline").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_FilterAndPages_StandInTheAddress()
    {
        await AddRuleAsync();
        foreach (var hour in Enumerable.Range(0, 30))
        {
            await AddWindowAsync(Shipped.Id, Now.AddHours(-hour), WindowStatus.Succeeded, hour == 29 ? AttemptOutcome.Alerted : AttemptOutcome.BelowThreshold, Below);
        }

        Open("Reader", "runs");
        Assert.Equal(25, page.FindAll(".runs tbody tr").Count);
        Assert.Equal("1–25 of 30", page.Find(".pager-total").TextContent);

        Navigation.NavigateTo(page.Find(".pager a[aria-label='Next page']").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".runs tbody tr").Count));
        Navigation.NavigateTo(Shell("&show=alerted"));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".runs tbody tr")));
        Navigation.NavigateTo(Shell("&show=failed"));
        page.WaitForAssertion(() => Assert.Equal("No window fits the filter", page.Find(".state-title").TextContent));
        Assert.Equal(Shell(""), page.Find(".state-actions a").GetAttribute("href"));

        static string Shell(string more) => $"/rules/{Shipped.Id}?tab=runs{more}";
    }

    [Fact]
    public async Task Runs_StoreAway_SaysSoAndTriesAgain()
    {
        await OpenAsync("Reader", "general");
        Gate.Fails = true;
        Navigation.NavigateTo($"/rules/{Shipped.Id}?tab=runs");
        page.WaitForAssertion(() => Assert.Equal("The runs could not be read", page.Find(".state-title").TextContent));

        Gate.Fails = false;
        await page.Find(".state-error button").ClickAsync(new());

        Assert.Equal("No window yet", page.Find(".state-title").TextContent);
    }

    [Fact]
    public async Task Versions_List_ShowsWhoWhyAndWhatChanged()
    {
        await SaveSecondVersionAsync();
        Open("Reader", "versions");

        var versions = page.FindAll(".versions > li");
        Assert.Equal(["Version 2 (in force)", "Version 1"], versions.Select(version => version.QuerySelector("h2")!.TextContent));
        Assert.Contains("Ada", versions[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Nights are loud.", versions[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(["Query period: 30 d -> 14 d", "Suppression: (none) -> 5 h"], versions[0].QuerySelectorAll("tbody tr").Select(row => $"{row.Children[0].TextContent}: {row.Children[1].TextContent} -> {row.Children[2].TextContent}"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Load into the form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_EarlierOneLoaded_IsInTheFormAndSavedAsANewVersion()
    {
        await SaveSecondVersionAsync();
        Open("Contributor", "versions");

        await page.Button("Load into the form: version 1").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Version 1 is in the form. Changed: Query period, Suppression.", page.Find(".save-bar").TextContent, StringComparison.Ordinal));
        Assert.False(page.Button("Save as version 3").HasAttribute("disabled"));
        Assert.Equal(2, (await Rules.FindAsync(Shipped.Id, CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task Versions_StoreAway_SaysSo()
    {
        await OpenAsync("Reader", "general");
        Gate.Fails = true;

        Navigation.NavigateTo($"/rules/{Shipped.Id}?tab=versions");

        page.WaitForAssertion(() => Assert.Equal("The versions could not be read", page.Find(".state-title").TextContent));
    }

    private async Task SaveSecondVersionAsync()
    {
        await AddRuleAsync();
        var changed = Shipped.Definition with { QueryPeriod = TimeSpan.FromDays(14), SuppressionDuration = TimeSpan.FromHours(5) };
        await Rules.SaveAsync(Shipped.Id, 1, changed, "Nights are loud.", new Actor("dev:ada", "Ada") { Rights = ActorRights.Contribute }, CancellationToken.None);
    }

    private async Task OpenAsync(string role, string tab)
    {
        await AddRuleAsync();
        Open(role, tab);
    }

    private void Open(string role, string tab)
    {
        SignIn(role);
        Navigation.NavigateTo($"/rules/{Shipped.Id}?tab={tab}");
        page = RenderPage<RulePage>((nameof(RulePage.Id), Shipped.Id));
    }
}
