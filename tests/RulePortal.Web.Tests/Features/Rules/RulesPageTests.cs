using Bunit;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Ledger;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

public sealed class RulesPageTests : RulePageContext
{
    [Fact]
    public async Task Page_WhileReading_ShowsItsShape()
    {
        await AddRuleAsync();
        SignIn("Reader");
        Gate.Close();

        var page = RenderPage<RulesPage>();

        Assert.NotNull(page.Find("[role=status][aria-label=Loading]"));
        Gate.Open();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("a.rules-name")));
        Assert.Empty(page.FindAll("[aria-label=Loading]"));
    }

    [Fact]
    public void Page_NoRules_SaysWhatToDo()
    {
        SignIn("Contributor");

        var page = RenderPage<RulesPage>();

        Assert.Equal("There are no rules", page.Find(".state-title").TextContent);
        Assert.Contains("Restart the portal", page.Find(".state-text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreAway_SaysSoAndTriesAgain()
    {
        await AddRuleAsync();
        SignIn("Reader");
        Gate.Fails = true;

        var page = RenderPage<RulesPage>();
        Assert.Equal("The rules could not be read", page.Find("[role=alert] .state-title").TextContent);
        Assert.DoesNotContain("The store is away", page.Markup, StringComparison.Ordinal);

        Gate.Fails = false;
        await page.Find(".state-error button").ClickAsync(new());
        Assert.NotNull(page.Find("a.rules-name"));
    }

    [Fact]
    public async Task Page_Rule_ShowsHowItIs()
    {
        var rule = await AddRuleAsync();
        await AddWindowAsync(rule, Now.AddHours(-1), WindowStatus.Succeeded, AttemptOutcome.BelowThreshold, "3 result rows did not reach the threshold of more than 5");
        await AddAlertAsync(rule, Now.AddHours(-2), new(Classification.FalsePositive, ClassificationReason.InaccurateData));
        await AddAlertAsync(rule, Now.AddHours(-30), new(Classification.TruePositive, ClassificationReason.SuspiciousActivity));
        SignIn("Reader");

        var page = RenderPage<RulesPage>();

        Assert.Equal("1 rule, 1 enabled", page.Find(".page-header-subtitle").TextContent);
        Assert.Equal($"/rules/{rule}", page.Find("a.rules-name").GetAttribute("href"));
        Assert.Equal(Shipped.Definition.Name, page.Find("a.rules-name").TextContent);
        Assert.Equal("Low", Cell(page, "Severity"));
        Assert.Contains("Initial Access", Cell(page, "Tactics"), StringComparison.Ordinal);
        Assert.Contains("54 min ago", Cell(page, "Last run"), StringComparison.Ordinal);
        Assert.Contains("3 result rows did not reach the threshold of more than 5", Cell(page, "Last run"), StringComparison.Ordinal);
        Assert.Equal("in 1 h", Cell(page, "Next run"));
        Assert.StartsWith("1 / 2", Cell(page, "Alerts 24 h / 7 d"), StringComparison.Ordinal);
        Assert.Equal("50 % (1 of 2)", Cell(page, "False positives"));
        Assert.Equal("Healthy", Cell(page, "Health"));
    }

    [Fact]
    public async Task Page_RuleDisabledByThePortal_ShowsTheReason()
    {
        var rule = await AddRuleAsync();
        await using (var db = await Store.CreateDbContextAsync(CancellationToken.None))
        {
            (await db.AnalyticsRules.FindAsync(rule))!.Faulted(1, "the evaluation found more than 100,000 result rows");
            await db.SaveChangesAsync();
        }

        SignIn("Reader");

        var page = RenderPage<RulesPage>();

        Assert.Contains("more than 100,000 result rows", page.Find(".rules-reason").TextContent, StringComparison.Ordinal);
        Assert.Equal("Disabled by the portal", Cell(page, "Health"));
        Assert.Equal("None", Cell(page, "Next run"));
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("Responder")]
    public async Task Page_WithoutTheRole_ShowsTheStateAndSaysWhichRoleIsNeeded(string role)
    {
        await AddRuleAsync();
        SignIn(role);

        var page = RenderPage<RulesPage>();

        Assert.Empty(page.FindAll("input[type=checkbox]"));
        Assert.Equal("On", Cell(page, "On"));
        Assert.Equal("Switching rules needs the role Contributor.", page.Find(".rules-hint").TextContent);
    }

    [Fact]
    public async Task Switch_Contributor_DisablesAndEnablesTheRule()
    {
        var rule = await AddRuleAsync();
        SignIn("Contributor");
        var page = RenderPage<RulesPage>();

        await page.Find("input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = false });
        Assert.False((await Rules.FindAsync(rule, CancellationToken.None))!.Enabled);
        Assert.Equal("Disabled", Cell(page, "Health"));
        Assert.Contains("not yet evaluated are skipped", page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);

        await page.Find("input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.True((await Rules.FindAsync(rule, CancellationToken.None))!.Enabled);
    }

    [Fact]
    public async Task Switch_RoleLostMeanwhile_ChangesNothing()
    {
        var rule = await AddRuleAsync();
        SignIn("Contributor");
        var page = RenderPage<RulesPage>();
        SignIn("Reader");

        await page.Find("input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = false });

        Assert.True((await Rules.FindAsync(rule, CancellationToken.None))!.Enabled);
        Assert.Contains("was not changed", page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_PartOfAName_KeepsThoseAndStandsInTheAddress()
    {
        await AddRuleAsync();
        await AddRuleAsync(Shipped.Definition with { Name = "Something else" });
        SignIn("Reader");
        Navigation.NavigateTo("/rules?q=SOMETHING");

        var page = RenderPage<RulesPage>();

        Assert.Equal("Something else", Assert.Single(page.FindAll("a.rules-name")).TextContent);
        await page.TypeAsync("Find by name", "nothing like it");
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Contains("No rule's name contains \"nothing like it\".", page.Markup.Replace("&quot;", "\"", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.EndsWith("?q=nothing%20like%20it", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_VeryLongHostileName_IsCutAndMadeVisible()
    {
        var name = "\u202E<b>" + new string('x', 240);
        await AddRuleAsync(Shipped.Definition with { Name = name });
        SignIn("Reader");

        var page = RenderPage<RulesPage>();

        var shown = page.Find("a.rules-name").TextContent;
        Assert.StartsWith("\\u202E<b>xxx", shown, StringComparison.Ordinal);
        Assert.Contains("…", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 80, 100);
    }

    [Fact]
    public async Task Page_MinuteLater_ShowsWhatHappenedMeanwhile()
    {
        var rule = await AddRuleAsync();
        SignIn("Reader");
        var page = RenderPage<RulesPage>();
        Assert.Equal("Not run yet", Cell(page, "Last run"));
        await AddWindowAsync(rule, Now, WindowStatus.Succeeded, AttemptOutcome.Alerted, "6 result rows exceeded the threshold of more than 5: 1 alert");

        Time.Advance(TimeSpan.FromMinutes(1));

        page.WaitForAssertion(() => Assert.Contains("6 result rows", Cell(page, "Last run"), StringComparison.Ordinal));
    }

    private static string Cell(IRenderedComponent<Harness<RulesPage>> page, string column) => page.Find($"td[data-label='{column}']").TextContent.Trim();
}
