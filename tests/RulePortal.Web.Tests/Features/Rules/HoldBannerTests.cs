using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

public sealed class HoldBannerTests : RulePageContext
{
    private IRenderedComponent<Harness<RulePage>> page = null!;

    [Theory]
    [InlineData("Let this window alert", WindowStatus.Succeeded, "The rule goes on. 8 result rows exceeded")]
    [InlineData("Skip this window", WindowStatus.Skipped, "Skipped. The rule goes on")]
    public async Task Decision_OfAHeldRule_IsDoneAndTheBannerGoes(string button, WindowStatus status, string said)
    {
        await HoldAsync();
        SignIn("Contributor");
        Open();
        Assert.Contains("made 8 result rows", Banner.TextContent, StringComparison.Ordinal);
        Assert.Contains("Held: no window is evaluated", page.Find(".rule-facts").TextContent, StringComparison.Ordinal);

        await page.Button(button).ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".rule-hold")));
        Assert.Contains(said, page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
        await using var db = await Store.CreateDbContextAsync(Xunit.TestContext.Current.CancellationToken);
        Assert.Equal(status, db.RuleWindows.Single().Status);
    }

    [Fact]
    public async Task Banner_Reader_SaysWhichRoleDecides()
    {
        await HoldAsync();
        SignIn("Reader");

        Open();

        Assert.Contains("Deciding needs the role Contributor", Banner.TextContent, StringComparison.Ordinal);
        Assert.Empty(Banner.QuerySelectorAll("button"));
    }

    [Fact]
    public async Task Banner_RuleThatIsNotHeld_IsNotThere()
    {
        await AddRuleAsync();
        SignIn("Contributor");

        Open();

        Assert.Empty(page.FindAll(".rule-hold"));
    }

    [Fact]
    public async Task TriggerTab_HoldAboveEmptied_IsNeverAndSaid()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        Assert.Contains("Above 1,000 result rows it is held", page.Find(".rule-summary").TextContent, StringComparison.Ordinal);

        await page.TypeAsync("Hold above", "");

        Assert.DoesNotContain("it is held", page.Find(".rule-summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing stops the rule", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DetectorTab_AlertsKeptOut_IsSaidInWordsAndAmongTheChanges()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("detector");
        Assert.Contains("is common once that window is history", page.Markup, StringComparison.Ordinal);

        await page.FindAll("label.mud-switch").Single(label => label.TextContent.Contains("Keep alerts out", StringComparison.Ordinal)).QuerySelector("input")!.ChangeAsync(true);

        Assert.Contains("Rows of its alerts that are open or true positives are not counted", page.Find(".rule-summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("A country that alerted stays rare while the alert is open", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("is common once that window is history", page.Markup, StringComparison.Ordinal);
    }

    private AngleSharp.Dom.IElement Banner => page.Find(".rule-hold");

    private void Open(string tab = "general")
    {
        Navigation.NavigateTo($"/rules/{Shipped.Id}?tab={tab}");
        page = RenderPage<RulePage>((nameof(RulePage.Id), Shipped.Id));
    }

    private async Task HoldAsync()
    {
        var id = await AddRuleAsync();
        await Rules.SaveAsync(id, 1, Shipped.Definition with { HoldAbove = 7 }, "", Actor.System, CancellationToken.None);
        await PlantAsync(ports: 8);
        var ledger = Services.GetRequiredService<WindowLedger>();
        var window = (await ledger.LastCompleteAsync(id, CancellationToken.None))!.Value;
        var run = await Services.GetRequiredService<RulePortal.Web.Features.RuleRuns.RuleRunner>().RunAsync(window, AttemptKind.Scheduled, Actor.System, allowEnded: false, CancellationToken.None);
        Assert.Equal(AttemptOutcome.Held, run!.Outcome);
    }
}
