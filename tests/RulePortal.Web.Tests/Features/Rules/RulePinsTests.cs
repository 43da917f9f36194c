using AngleSharp.Dom;
using Bunit;
using RulePortal.Detection.Pins;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>Saving a rule that breaks a pin, from its page.</summary>
public sealed class RulePinsTests : RuleTabContext
{
    [Fact]
    public async Task Save_BreaksAPin_NeedsAReasonThatTheVersionShows()
    {
        var alert = await OpenPinnedAsync(PinKind.MustFire);
        await TypeAsync("Trigger threshold", "12");

        var saving = page.Button("Save as version 2").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("It breaks 1 pin", Dialog.TextContent, StringComparison.Ordinal));
        var pin = Dialog.QuerySelectorAll("[aria-label='Broken pins'] li").Single();
        Assert.Equal($"/alerts/{alert}", pin.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("must fire", pin.QuerySelector("strong")!.TextContent);
        Assert.Equal(["System: the real one", "The window has 6 result rows and does not fire, as it takes more than 12."], pin.QuerySelectorAll(".pin-note, .pin-why").Select(line => line.TextContent.Trim()));
        Assert.True(DialogButton("Save and break 1 pin").HasAttribute("disabled"));
        await Dialog.QuerySelectorAll("textarea")[0].InputAsync(new() { Value = "Belarus is ours now." });
        await DialogButton("Save and break 1 pin").ClickAsync(new());
        await saving;

        Assert.Equal((2, 12), ((await Rules.FindAsync(Shipped.Id, CancellationToken.None))!.Version, (await Rules.FindAsync(Shipped.Id, CancellationToken.None))!.Definition.TriggerThreshold));
        Navigation.NavigateTo($"/rules/{Shipped.Id}?tab=versions");
        page.WaitForAssertion(() => Assert.Contains("Broke 1 pin, because: Belarus is ours now.", page.Find(".versions-pins").TextContent, StringComparison.Ordinal));
        Assert.Contains("must fire: The window has 6 result rows", page.Find(".versions-pins").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_PinBrokenAlready_SaysSo()
    {
        await OpenPinnedAsync(PinKind.MustNotFire);
        await TypeAsync("Trigger threshold", "4");

        _ = page.Button("Save as version 2").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("The version in force breaks it already.", Dialog.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_PinCannotBeJudged_IsShownAndInNobodysWay()
    {
        await OpenPinnedAsync(PinKind.MustFire, "schedule");
        await TypeAsync("Query frequency", "2h");

        var saving = page.Button("Save as version 2").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("1 pin cannot be judged, and so does not stand in the way", Dialog.TextContent, StringComparison.Ordinal));
        await DialogButton("Save").ClickAsync(new());
        await saving;

        Assert.Equal(2, (await Rules.FindAsync(Shipped.Id, CancellationToken.None))!.Version);
    }

    private async Task<long> OpenPinnedAsync(PinKind kind, string tab = "trigger")
    {
        await AddRuleAsync();
        await PlantAsync(ports: 6);
        var alert = await PinPlantedAsync(kind);
        Open("Contributor", tab);
        return alert;
    }

    private IElement Dialog => page.Find(".mud-dialog");

    private IElement DialogButton(string text) => Dialog.QuerySelectorAll("button").Single(button => button.TextContent.Trim() == text);

    private Task TypeAsync(string label, string text) => page.TypeAsync(label, text);
}
