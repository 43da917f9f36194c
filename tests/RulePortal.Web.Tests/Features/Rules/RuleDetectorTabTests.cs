using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>The tab Detector of the Rule page, with its test.</summary>
public sealed class RuleDetectorTabTests : RuleTabContext
{
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
}
