using Bunit;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>The Detector tab's preview of what is typed against what is saved.</summary>
public sealed class PreviewPanelTests : RulePageContext
{
    private IRenderedComponent<Harness<RulePage>> page = null!;

    [Fact]
    public async Task Preview_ThresholdThatChangesNothing_SaysSoUntilTheFormChanges()
    {
        await PlantAsync(ports: 6);
        await OpenAsync(learningDays: 0);
        await page.TypeAsync("Country threshold", "9");

        await page.Button("Preview 30 days").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("1 alert from 6 result rows; as saved 1 alert from 6 result rows.", Said, StringComparison.Ordinal));
        Assert.Contains("Added: 0 alerts", page.Find(".preview-panel").TextContent, StringComparison.Ordinal);

        await page.TypeAsync("Country threshold", "8");
        Assert.Contains("The form has changed since this preview.", page.Find(".preview-panel").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await Rules.FindAsync(Shipped.Id, CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task Preview_OtherDirection_RemovesByName()
    {
        await PlantAsync(ports: 6);
        await OpenAsync(learningDays: 0);
        var direction = page.FindComponents<MudBlazor.MudSelect<string>>().Single(select => select.Instance.Label == "Direction");
        await page.InvokeAsync(() => direction.Instance.ValueChanged.InvokeAsync("inbound"));

        await page.Button("Preview 30 days").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("0 alerts from 0 result rows; as saved 1 alert", Said, StringComparison.Ordinal));
        Assert.Contains("nc, vm-01, Belarus, 203.0.113.10 (6 result rows)", page.Find("ul[aria-label=Removed]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_StoreAway_SaysThatItFailedAndKeepsTheForm()
    {
        await OpenAsync(learningDays: 7);
        await page.TypeAsync("Country threshold", "9");
        Gate.Fails = true;

        await page.Button("Preview 30 days").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("The preview failed. What you typed is still in the form", page.Find(".preview-panel").TextContent, StringComparison.Ordinal));
        Assert.Equal("9", page.Field("Country threshold").GetAttribute("value"));
    }

    private string Said => page.Find(".preview-verdict").TextContent;

    private async Task OpenAsync(int learningDays)
    {
        await AddRuleAsync();
        // The planted month is shorter than the shipped lookback: with one of 20 days its last window is complete.
        var saved = Shipped.Definition with { LearningPeriod = TimeSpan.FromDays(learningDays), SettingsJson = """{"countryLookback": "P20D"}""" };
        Assert.Equal(RuleSaveOutcome.Saved, (await Rules.SaveAsync(Shipped.Id, 1, saved, "", Actor.System, CancellationToken.None)).Outcome);
        SignIn("Contributor");
        Navigation.NavigateTo($"/rules/{Shipped.Id}?tab=detector");
        page = RenderPage<RulePage>((nameof(RulePage.Id), Shipped.Id));
    }
}
