using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Tuning;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Tuning;

public sealed class TuningPageTests : TuningPageContext
{
    [Fact]
    public async Task Page_AsSaved_ShowsItsAlertsByNameAndClaimsNothingMore()
    {
        await PlantDaysAsync();

        var page = await OpenAsync();

        Assert.Contains("1 alert from 6 result rows, as saved.", Words(page.Find("[aria-label=Result]")), StringComparison.Ordinal);
        var row = Assert.Single(Rows(page, "As saved alerts"));
        Assert.Equal(["03-02 12:00", "nc", "vm-01", "Belarus", "203.0.113.10", "11:40:00", "6", "never raised"], row);
        Assert.Contains("None of these alerts has been closed", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Tuple threshold has no effect at these settings", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slider_LetGo_NamesWhatIsRemovedAndPutsTheSettingIntoTheAddress()
    {
        await PlantDaysAsync();
        var page = await OpenAsync();

        await page.Find("#knob-triggerThreshold").ChangeAsync("6");

        page.WaitForAssertion(() => Assert.Contains("0 alerts from 6 result rows; as saved 1 alert.", Words(page.Find("[aria-label=Result]")), StringComparison.Ordinal));
        Assert.Equal("Belarus", Assert.Single(Rows(page, "Removed alerts"))[3]);
        Assert.EndsWith($"{Address}?to=2026-03-02T12%3A00%3A00Z&triggerThreshold=6", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(["03-02 12:00", "trigger threshold 5 (−1)", "6", "6", "nc", "vm-01", "Belarus", "203.0.113.10"], Assert.Single(Rows(page, "Near misses")));
    }

    [Fact]
    public async Task Slider_Dragged_AnswersBeforeTheAddressFollows()
    {
        await PlantDaysAsync();
        var page = await OpenAsync();
        var before = Navigation.Uri;

        await page.Find("#knob-triggerThreshold").InputAsync("7");

        Assert.Contains("1 removed", Words(page.Find("[aria-label=Result]")), StringComparison.Ordinal);
        Assert.Equal(before, Navigation.Uri);
    }

    [Fact]
    public async Task Address_SomebodyElses_OpensTheSamePicture()
    {
        await PlantDaysAsync();

        var page = await OpenAsync($"{Address}?days=7&to=2026-03-02T12:00:00Z&triggerThreshold=6&curve=triggerThreshold&window=2026-03-02T12:00:00Z");

        Assert.Equal("6", page.Find("#knob-triggerThreshold").GetAttribute("value"));
        Assert.Contains("Alerts by trigger threshold", page.Markup, StringComparison.Ordinal);
        Assert.Contains("168 windows up to 2026-03-02 12:00:00 UTC", page.Markup, StringComparison.Ordinal);
        Assert.Equal(
            [
                ["Belarus", "0 in 30 d, at most 5 pass", "0 in 7 d, at most 7 pass", "6", "result"],
                ["United States", "more than 50 in 30 d, at most 5 pass", "more than 50 in 7 d, at most 7 pass", "1", "dropped by country threshold and tuple threshold"],
            ],
            Rows(page, "What was decided in the window"));
        Assert.Contains("No alert: 6 result rows; the rule fires on more than 6.", page.Markup, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("Belarus becomes common with the window that ends 2026-03-02 13:00 UTC: row 6 came at 2026-03-02 11:40 UTC", page.Find(".forecasts").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Address_WithWhatIsNoSetting_SaysSoAndShowsTheRest()
    {
        await PlantDaysAsync();

        var page = await OpenAsync($"{Address}?triggerThreshold=many&severity=3&days=900");

        Assert.Contains("triggerThreshold = many is nothing this simulation can be set to.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("severity = 3 is nothing", page.Markup, StringComparison.Ordinal);
        Assert.Contains("'900' is not a number from 1 to 75.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("1 alert from 6 result rows, as saved.", Words(page.Find("[aria-label=Result]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_Alert_ScoresTheSettingWithItsCount()
    {
        await PlantDaysAsync();
        await AddAlertAsync(Shipped.Id, Now, new ClosingVerdict(Classification.TruePositive, ClassificationReason.SuspiciousActivity));

        var page = await OpenAsync($"{Address}?triggerThreshold=6");

        Assert.Contains("0 true positives kept, 1 lost; 0 false positives avoided, 0 left. no judged alert left", Words(page.Find("[aria-label=Result]")), StringComparison.Ordinal);
        Assert.Equal("true positive", Assert.Single(Rows(page, "Removed alerts"))[7]);
    }

    [Fact]
    public async Task Pins_WhileSliding_StandAsTheSettingHasThem()
    {
        await PlantDaysAsync();
        var alert = await PinPlantedAsync(PinKind.MustFire);
        var page = await OpenAsync();
        Assert.Equal(["Must fire", "2026-03-02 12:00", "Holds", "6 of its 6 rows are raised (Belarus). The window has 6 result rows and fires on more than 5."], Rows(page, "Pins")[0].Skip(1));
        Assert.Equal($"/alerts/{alert}", page.Find("[aria-label=Pins] th a").GetAttribute("href"));

        await page.Find("#knob-triggerThreshold").InputAsync("6");

        Assert.Contains("1 of 1 pin breaks at this setting. Saving it needs a reason.", Words(page.Find("section[aria-labelledby=pins-title]")), StringComparison.Ordinal);
        Assert.Equal(["Breaks", "The window has 6 result rows and does not fire, as it takes more than 6."], Rows(page, "Pins")[0].Skip(3));
    }

    [Fact]
    public async Task Pins_WindowOutsideTheSpan_CannotBeJudgedThere()
    {
        await PlantDaysAsync();
        await PinPlantedAsync(PinKind.MustNotFire);

        var page = await OpenAsync($"{Address}?days=7&to=2026-03-02T11:00:00Z");

        Assert.Equal(["Cannot be judged", "Its window lies outside this span."], Rows(page, "Pins")[0].Skip(3));
    }

    [Fact]
    public async Task HeatMap_Cell_SetsBothSettings()
    {
        await PlantDaysAsync();
        var page = await OpenAsync();

        await page.FindAll("table.heat tbody tr")[7].QuerySelectorAll("td")[3].ClickAsync(new());

        page.WaitForAssertion(() => Assert.EndsWith("&countryThreshold=3&triggerThreshold=7", Navigation.Uri, StringComparison.Ordinal));
        Assert.Single(page.FindAll(".heat-here"));
        Assert.Single(page.FindAll(".heat-saved"));
    }

    [Fact]
    public async Task HeatMap_ArrowKeys_MoveTheSetting()
    {
        await PlantDaysAsync();
        var page = await OpenAsync();

        await page.Find("[aria-label='Heat map']").KeyDownAsync("ArrowDown");

        page.WaitForAssertion(() => Assert.EndsWith("&triggerThreshold=6", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_EntityAndTime_SaysWhichStepDroppedIt()
    {
        await PlantDaysAsync();
        var page = await OpenAsync();

        await page.FindAll(".tuning-ask input")[0].ChangeAsync("2026-03-02 11:40");
        await page.FindAll(".tuning-ask input")[1].ChangeAsync("nginx");
        await page.Find(".tuning-ask").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("\"nginx\" was seen, and dropped: United States by country threshold and tuple threshold.", page.Find("#window").TextContent, StringComparison.Ordinal));
        Assert.EndsWith("&window=2026-03-02T12%3A00%3A00Z&entity=nginx", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("United States", Assert.Single(page.FindAll(".tuning-asked")).TextContent, StringComparison.Ordinal);

        await page.FindAll(".tuning-ask input")[0].ChangeAsync("noon");
        await page.Find(".tuning-ask").SubmitAsync();
        Assert.Contains("Write an instant such as", page.Find("#window-fault").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_TooShort_IsSaidAndItsWindowsAreNotCounted()
    {
        await PlantDaysAsync(days: 40);

        var page = await OpenAsync();

        Assert.Contains("windows are incomplete: the lookback of 30 d reaches before the oldest record", Words(page.Find(".tuning-incomplete")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_Empty_SaysWhatASimulationNeeds()
    {
        await AddRuleAsync();

        var page = await OpenAsync();

        Assert.Contains("No connections are stored", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[aria-label=Result]"));
    }

    [Fact]
    public async Task Store_Unreachable_IsAnErrorWithAnotherTry()
    {
        await PlantDaysAsync();
        Gate.Fails = true;
        Navigation.NavigateTo(Address);
        var page = RenderPage<TuningPage>(("Id", Shipped.Id));
        page.WaitForAssertion(() => Assert.Contains("The simulation failed", page.Markup, StringComparison.Ordinal));

        Gate.Fails = false;
        await page.FindAll("button").Single(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).ClickAsync(new());

        page.WaitForAssertion(() => Assert.Single(page.FindAll("[aria-label=Result]")));
    }

    [Fact]
    public void Rule_Unknown_IsSaid()
    {
        var id = Guid.NewGuid();
        Navigation.NavigateTo($"/tuning/{id}");

        var page = RenderPage<TuningPage>(("Id", id));

        page.WaitForAssertion(() => Assert.Contains("There is no such rule", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_List_LeadsToEachRulesPage()
    {
        await AddRuleAsync();

        var page = RenderPage<TuningRulesPage>();

        page.WaitForAssertion(() => Assert.Equal(Address, page.Find(".tuning-rules a").GetAttribute("href")));
    }

    [Fact]
    public async Task Labels_FindTheStoredAlertOfAWindow()
    {
        await AddRuleAsync();
        await AddAlertAsync(Shipped.Id, Now, new ClosingVerdict(Classification.FalsePositive, ClassificationReason.InaccurateData));
        await AddAlertAsync(Shipped.Id, Now.AddDays(-40));

        var labels = await Services.GetRequiredService<LabelQueries>().ListAsync(Shipped.Id, TimeRange.Back(Now, TimeSpan.FromDays(30)), Xunit.TestContext.Current.CancellationToken);

        Assert.Equal((Now, Classification.FalsePositive), (Assert.Single(labels).WindowEndUtc, labels[0].Classification!.Value));
    }

    [Fact]
    public async Task Cancel_WhileItSimulates_StopsItAndOffersAnother()
    {
        await PlantDaysAsync();
        Gate.Close();
        Navigation.NavigateTo(Address);
        var page = RenderPage<TuningPage>(("Id", Shipped.Id));
        // The rule is read; the pass waits for the store.
        Gate.LetOneIn();
        page.WaitForAssertion(() => Assert.Contains("Evaluating every window of the last 30 days", page.Markup, StringComparison.Ordinal));

        await page.Button("Cancel").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("It was cancelled.", page.Find(".state").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[aria-label=Simulating]"));
        Gate.Open();
        await page.Button("Simulate").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Single(page.FindAll("[aria-label=Result]")));
    }

    [Fact]
    public async Task Thresholds_HigherThanUsual_AreAskedOfAnotherPassThatTheAddressNames()
    {
        await PlantDaysAsync();
        var page = await OpenAsync();
        Assert.Equal("50", page.Find("#knob-countryThreshold").GetAttribute("max"));

        await page.Find("input[type=number]").ChangeAsync("120");

        page.WaitForAssertion(() => Assert.Equal("120", page.Find("#knob-countryThreshold").GetAttribute("max")));
        Assert.Contains("&highest=120", Navigation.Uri, StringComparison.Ordinal);
        await page.Find("#knob-countryThreshold").ChangeAsync("98");
        page.WaitForAssertion(() => Assert.EndsWith("&highest=120&countryThreshold=98", Navigation.Uri, StringComparison.Ordinal));
        // Every whole number to 50, every fifth to 120, and what is in hand.
        var drawn = Rows(page, "Curve as a table");
        Assert.Equal(51 + 14 + 1, drawn.Count);
        Assert.Contains(drawn, row => row[0] == "98" && row[3] == "in hand");

        await page.Find("input[type=number]").ChangeAsync("9999");
        page.WaitForAssertion(() => Assert.Contains("&highest=200", Navigation.Uri, StringComparison.Ordinal));
    }
}
