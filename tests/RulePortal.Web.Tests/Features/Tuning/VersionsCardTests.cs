using AngleSharp.Dom;
using Bunit;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Tuning;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Tuning;

/// <summary>Two versions of the rule over the same windows and batches.</summary>
public sealed class VersionsCardTests : TuningPageContext
{
    [Fact]
    public async Task Compare_EarlierVersionWithTheSavedOne_NamesWhatOnlyOneRaises()
    {
        await PlantDaysAsync();
        await SaveAsync(rule => rule with { TriggerThreshold = 20 });
        await AddAlertAsync(Shipped.Id, Now, new ClosingVerdict(Classification.TruePositive, ClassificationReason.SuspiciousActivity));
        var page = await OpenAsync();

        await Selects(page)[0].ChangeAsync("1");
        await Selects(page)[1].ChangeAsync("saved");
        await page.Find("#versions form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("1 only in A (version 1), 0 only in B (version 2, as saved), 0 in both.", Words(page.Find("#versions .tuning-numbers"))));
        Assert.EndsWith("&a=1&b=saved#versions", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(["03-02 12:00", "nc", "vm-01", "Belarus", "203.0.113.10", "11:40:00", "6", "true positive"], Assert.Single(Rows(page, "Only in A alerts")));
        var numbers = Rows(page, "Both versions in numbers");
        Assert.Equal(["Alerts", "1", "0"], numbers[0]);
        Assert.Equal(["Result rows", "6", "6"], numbers[1]);
    }

    [Fact]
    public async Task Address_SomebodyElses_ComparesAndFiltersTheSame()
    {
        await PlantDaysAsync();
        await SaveAsync(rule => rule with { TriggerThreshold = 4 });

        var page = await OpenAsync($"{Address}?a=1&b=2&find=belarus&label=never");
        page.WaitForAssertion(() => Assert.Contains("1 in both", Words(page.Find("#versions .tuning-numbers")), StringComparison.Ordinal));
        Assert.Equal(["1", "saved"], Selects(page).Take(2).Select(select => select.GetAttribute("value")));
        Assert.Contains("Filtered: 1 of 1 alerts.", page.Find("#versions").TextContent, StringComparison.Ordinal);

        await page.FindAll("#versions select")[2].ChangeAsync("false-positive");
        page.WaitForAssertion(() => Assert.Contains("Filtered: 0 of 1 alerts.", page.Find("#versions").TextContent, StringComparison.Ordinal));
        Assert.EndsWith("&a=1&b=2&find=belarus&label=false-positive#versions", Navigation.Uri, StringComparison.Ordinal);

        await page.Button("Show all").ClickAsync(new());
        page.WaitForAssertion(() => Assert.DoesNotContain("Filtered", page.Find("#versions").TextContent, StringComparison.Ordinal));
        Assert.EndsWith("&a=1&b=2#versions", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_EditInHand_FollowsTheSliderWithoutAnotherPass()
    {
        await PlantDaysAsync();
        var page = await OpenAsync($"{Address}?a=saved&b=edit");
        page.WaitForAssertion(() => Assert.Contains("0 only in A (version 1, as saved), 0 only in B (the edit in hand), 1 in both.", Words(page.Find("#versions .tuning-numbers")), StringComparison.Ordinal));

        await page.Find("#knob-triggerThreshold").InputAsync("7");

        page.WaitForAssertion(() => Assert.Contains("1 only in A (version 1, as saved)", Words(page.Find("#versions .tuning-numbers")), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compare_LookbackBeforeTheOldestRecordUnderOneOfThem_IsSaidAndNotCompared()
    {
        await PlantDaysAsync(days: 20);
        await SaveAsync(rule => rule with { QueryPeriod = TimeSpan.FromDays(14), SettingsJson = """{"countryLookback": "P14D"}""" });

        var page = await OpenAsync($"{Address}?days=7&a=1&b=2");

        page.WaitForAssertion(() => Assert.Contains("168 windows are not compared: the longer lookback of both, 30 d, reaches before the oldest record", Words(page.Find("#versions")), StringComparison.Ordinal));
        Assert.Contains("(1 and 1) is not counted", Words(page.Find("#versions")), StringComparison.Ordinal);
        Assert.Contains("0 in both", Words(page.Find("#versions .tuning-numbers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_OtherFrequencyAndGrouping_SaysWhyMoreDiffers()
    {
        await PlantDaysAsync();
        await SaveAsync(rule => rule with { QueryFrequency = TimeSpan.FromHours(2), EventGrouping = Detection.Rules.EventGrouping.AlertPerResult });

        var page = await OpenAsync($"{Address}?a=1&b=2");

        page.WaitForAssertion(() => Assert.Contains("A runs every 1 h, B every 2 h", page.Find("#versions").TextContent, StringComparison.Ordinal));
        Assert.Contains("no alert can be in both", page.Find("#versions").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=9&b=1", "The rule has no version 9; it has 1 to 1.")]
    [InlineData("a=saved&b=1", "A and B are the same.")]
    [InlineData("a=zero&b=1", "The rule has no version zero")]
    public async Task Compare_NoTwoVersions_IsSaid(string query, string words)
    {
        await PlantDaysAsync();

        var page = await OpenAsync($"{Address}?{query}");

        page.WaitForAssertion(() => Assert.Contains(words, page.Find("#versions .field-fault").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancel_WhileItCompares_StopsItAndComparesAgainWhenAsked()
    {
        await PlantDaysAsync();
        await SaveAsync(rule => rule with { TriggerThreshold = 20 });
        var page = await OpenAsync();
        Gate.Close();
        Navigation.NavigateTo($"{new Uri(Navigation.Uri).PathAndQuery}?a=1&b=2");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("[aria-label=Comparing]")));

        await page.Button("Cancel comparing").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("It was cancelled.", page.Find("#versions").TextContent, StringComparison.Ordinal));
        Gate.Open();
        await page.Button("Compare again").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("1 only in A", Words(page.Find("#versions .tuning-numbers")), StringComparison.Ordinal));
    }

    private static IReadOnlyList<IElement> Selects(IRenderedComponent<Harness<TuningPage>> page) => page.FindAll("#versions select");

    private async Task SaveAsync(Func<RuleDefinition, RuleDefinition> change)
    {
        var rule = (await Rules.FindAsync(Shipped.Id, CancellationToken.None))!;
        Assert.Equal(RuleSaveOutcome.Saved, (await Rules.SaveAsync(rule.Id, rule.Version, change(rule.Definition), "", Actor.System, CancellationToken.None)).Outcome);
    }
}
