using Bunit;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Triggers;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>The tab Versions of the Rule page.</summary>
public sealed class RuleVersionsTabTests : RuleTabContext
{
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
    public async Task Versions_TwoOfThem_AreComparedOnTheTuningPage()
    {
        await SaveSecondVersionAsync();
        Open("Reader", "versions");

        Assert.Equal($"/tuning/{Shipped.Id}?a=1&b=2#versions", page.Find(".versions-head a").GetAttribute("href"));
        await page.FindAll(".versions-compare select")[0].ChangeAsync("2");
        await page.FindAll(".versions-compare select")[1].ChangeAsync("1");
        await page.Find(".versions-compare").SubmitAsync();

        Assert.EndsWith($"/tuning/{Shipped.Id}?a=2&b=1#versions", Navigation.Uri, StringComparison.Ordinal);
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
}
