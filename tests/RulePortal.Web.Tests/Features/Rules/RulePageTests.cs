using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

public sealed class RulePageTests : RulePageContext
{
    private static readonly Actor Ada = new("dev:ada", "Ada") { Rights = ActorRights.All };

    private IRenderedComponent<Harness<RulePage>> page = null!;

    [Fact]
    public async Task Page_WhileReading_ShowsItsShape()
    {
        await AddRuleAsync();
        SignIn("Reader");
        Gate.Close();

        Open();

        Assert.NotEmpty(page.FindAll("[role=status][aria-label=Loading]"));
        Gate.Open();
        page.WaitForAssertion(() => Assert.Equal(Shipped.Definition.Name, page.Find("h1").TextContent));
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("versions")]
    public async Task Address_PageThatIsNoNumber_IsTheFirst(string tab)
    {
        await AddRuleAsync();
        SignIn("Reader");

        Open(tab + "&page=abc");

        Assert.Equal(Shipped.Definition.Name, page.Find("h1").TextContent);
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void Page_NoSuchRule_SaysSoAndLeadsBack()
    {
        SignIn("Reader");

        Open();

        Assert.Equal("No such rule", page.Find("h1").TextContent);
        Assert.NotNull(page.Find(".state-actions a[href='/rules']"));
    }

    [Fact]
    public async Task Page_StoreAway_SaysSoAndTriesAgain()
    {
        await AddRuleAsync();
        SignIn("Reader");
        Gate.Fails = true;
        Open();
        Assert.Equal("The rule could not be read", page.Find("h1").TextContent);

        Gate.Fails = false;
        await page.Find(".state-error button").ClickAsync(new());

        Assert.Equal(Shipped.Definition.Name, page.Find("h1").TextContent);
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("Responder")]
    public async Task Page_WithoutTheRole_ShowsValuesDisabledAndSaysWhichRoleIsNeeded(string role)
    {
        await AddRuleAsync();
        SignIn(role);

        Open("trigger");

        Assert.Contains("Changing a rule needs the role Contributor.", page.Find(".rule-readonly").TextContent, StringComparison.Ordinal);
        Assert.Equal("5", Field("Trigger threshold").GetAttribute("value"));
        Assert.All(page.FindAll(".rule-tab input"), input => Assert.True(input.HasAttribute("disabled")));
        Assert.Empty(page.FindAll(".save-bar"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Run now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_General_ShowsTheTextsTacticsTheMappedOneAndTheQueryWithItsLicence()
    {
        await AddRuleAsync();
        SignIn("Contributor");

        Open();

        Assert.Contains("Every 1 h, looks at the last 1 h of outbound connections against the 30 d before.", page.Find(".rule-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Initial Access", "Discovery", "Collection", "Command and Control", "Exfiltration"], page.FindAll(".tactic-picker button[aria-pressed=true]").Select(b => b.TextContent));
        Assert.Contains("'#Discover' is no tactic of ATT&CK; it is read as Discovery.", page.Find(".rule-tab").TextContent, StringComparison.Ordinal);
        Assert.Contains("#CommandAndControl, #InitialAccess, #Exfiltration, #Discover, #Collection", page.Find(".rule-tab").TextContent, StringComparison.Ordinal);
        Assert.Contains("join kind= innerunique", page.Find("pre.query").TextContent, StringComparison.Ordinal);
        Assert.Contains("Copyright (c) Microsoft Corporation.", page.Find(".licence").TextContent, StringComparison.Ordinal);
        Assert.True(Button("Save as version 2").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Tactic_Pressed_ChangesTheRule()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open();

        await page.FindAll(".tactic-picker button").Single(b => b.TextContent == "Impact").ClickAsync(new());

        Assert.Contains("Changed: Tactics.", page.Find(".save-bar").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_ChangedThreshold_IsANewVersionWithItsNote()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        await TypeAsync("Trigger threshold", "12");
        Assert.Contains("Fires on more than 12 result rows", page.Find(".rule-summary").TextContent, StringComparison.Ordinal);

        var saving = Button("Save as version 2").ClickAsync(new());
        Assert.Equal(["Trigger threshold", "5", "12"], page.FindAll(".mud-dialog tbody tr > *").Select(cell => cell.TextContent));
        await TypeAsync("Why (optional)", "Too loud at night.");
        await DialogButton("Save").ClickAsync(new());
        await saving;

        var saved = await Rules.FindAsync(Shipped.Id, CancellationToken.None);
        Assert.Equal((2, 12, "Development Contributor"), (saved!.Version, saved.Definition.TriggerThreshold, saved.SavedBy));
        Assert.Contains("Saved as version 2.", page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
        Assert.True(Button("Save as version 3").HasAttribute("disabled"));
        Navigation.NavigateTo(Url("versions"));
        page.WaitForAssertion(() => Assert.Contains("Too loud at night.", page.Find(".versions").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_Cancelled_KeepsTheFormAndSavesNothing()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        await TypeAsync("Trigger threshold", "12");
        var saving = Button("Save as version 2").ClickAsync(new());

        await DialogButton("Cancel").ClickAsync(new());
        await saving;

        Assert.Equal(1, (await Rules.FindAsync(Shipped.Id, CancellationToken.None))!.Version);
        Assert.Equal("12", Field("Trigger threshold").GetAttribute("value"));
    }

    [Fact]
    public async Task Save_WithFaults_ListsThemWithTheirTabsAndSavesNothing()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("schedule");
        await TypeAsync("Query frequency", "soon");
        Navigation.NavigateTo(Url("trigger"));
        await TypeAsync("Trigger threshold", "");

        var faults = page.FindAll(".rule-notice-bad li");
        Assert.Equal([Url("schedule"), Url("trigger")], faults.Select(fault => fault.QuerySelector("a")!.GetAttribute("href")));
        Assert.Contains("Query frequency cannot be read.", faults[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Schedule (1 fault)", page.Find("nav[aria-label='Parts of the rule']").TextContent, StringComparison.Ordinal);
        Assert.Contains("comes back when the faults are put right", page.Find(".rule-summary").TextContent, StringComparison.Ordinal);

        await Button("Save as version 2").ClickAsync(new());
        Assert.Empty(page.FindAll(".mud-dialog"));
        Assert.Contains("put the faults right first", page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
        Navigation.NavigateTo(Url("schedule"));
        Assert.Equal("soon", Field("Query frequency").GetAttribute("value"));
    }

    [Fact]
    public async Task Save_NameTaken_IsShownAtTheNameAndKeepsTheForm()
    {
        await AddRuleAsync();
        await AddRuleAsync(Shipped.Definition with { Name = "Taken" });
        SignIn("Contributor");
        Open();
        await TypeAsync("Name", "Taken");

        await SaveAsync(2);

        Assert.Contains("names are unique", page.Find(".rule-notice-bad").TextContent, StringComparison.Ordinal);
        Assert.Equal("Taken", Field("Name").GetAttribute("value"));
    }

    [Fact]
    public async Task Save_SomebodyElseSavedMeanwhile_ShowsTheirChangesAndMergesThem()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        await TypeAsync("Trigger threshold", "12");
        await Rules.SaveAsync(Shipped.Id, 1, Shipped.Definition with { Severity = Severity.High, TriggerThreshold = 7 }, "", Ada, CancellationToken.None);

        await SaveAsync(2);

        var notice = page.Find(".rule-notice-warn");
        Assert.Contains("Not saved: Ada saved version 2 meanwhile", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal(["SeverityLowHigh", "Trigger threshold (you changed it too; yours stays)57"], notice.QuerySelectorAll("tbody tr").Select(row => string.Concat(row.Children.Select(cell => cell.TextContent))));
        Assert.Equal("12", Field("Trigger threshold").GetAttribute("value"));

        await Button("Bring these into my form").ClickAsync(new());
        Assert.Empty(page.FindAll(".rule-notice-warn"));
        await SaveAsync(3);

        var saved = await Rules.FindAsync(Shipped.Id, CancellationToken.None);
        Assert.Equal((3, Severity.High, 12), (saved!.Version, saved.Definition.Severity, saved.Definition.TriggerThreshold));
    }

    [Fact]
    public async Task Save_SomebodyElseSavedMeanwhile_CanBeGivenUpForTheirs()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        await TypeAsync("Trigger threshold", "12");
        await Rules.SaveAsync(Shipped.Id, 1, Shipped.Definition with { TriggerThreshold = 7 }, "", Ada, CancellationToken.None);
        await SaveAsync(2);

        await Button("Discard mine, show version 2").ClickAsync(new());

        Assert.Equal("7", Field("Trigger threshold").GetAttribute("value"));
        Assert.True(Button("Save as version 3").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Save_StoreAway_KeepsTheForm()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        await TypeAsync("Trigger threshold", "12");
        Gate.Fails = true;

        await SaveAsync(2);

        Assert.Contains("What you typed is still in the form", page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
        Assert.Equal("12", Field("Trigger threshold").GetAttribute("value"));
        Assert.False(Button("Save as version 2").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("Stay", "?tab=trigger")]
    [InlineData("Leave", "/rules")]
    public async Task Leave_UnsavedChanges_AsksFirst(string answer, string end)
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        await TypeAsync("Trigger threshold", "12");

        Navigation.NavigateTo("/rules");
        page.WaitForAssertion(() => Assert.Contains("Leave without saving?", page.Find(".mud-dialog").TextContent, StringComparison.Ordinal));
        await DialogButton(answer).ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-dialog")));
        page.WaitForAssertion(() => Assert.EndsWith(end, Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leave_ToAnotherTab_AsksNothingAndKeepsTheForm()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        await TypeAsync("Trigger threshold", "12");

        Navigation.NavigateTo(Url("general"));
        Navigation.NavigateTo(Url("trigger"));

        Assert.Empty(page.FindAll(".mud-dialog"));
        Assert.Equal("12", Field("Trigger threshold").GetAttribute("value"));
    }

    [Fact]
    public async Task RunNow_Contributor_EvaluatesAndSaysWhatCameOfIt()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open();

        await Button("Run now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("No rows arrived for this window", page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, (await Queries.RunsAsync(new RuleRunFilter(Shipped.Id), 0, 1, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task Enabled_SwitchedOff_StopsRunsAndKeepsWhatIsTyped()
    {
        await AddRuleAsync();
        SignIn("Contributor");
        Open("trigger");
        await TypeAsync("Trigger threshold", "12");

        await page.Find(".page-header-actions input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = false });

        Assert.False((await Rules.FindAsync(Shipped.Id, CancellationToken.None))!.Enabled);
        Assert.True(Button("Run now").HasAttribute("disabled"));
        Assert.Contains("Disabled: no run is planned", page.Find(".rule-facts").TextContent, StringComparison.Ordinal);
        Assert.Equal("12", Field("Trigger threshold").GetAttribute("value"));
    }

    private RuleQueries Queries => Services.GetRequiredService<RuleQueries>();

    private static string Url(string tab) => $"/rules/{Shipped.Id}?tab={tab}";

    private void Open(string tab = "general")
    {
        Navigation.NavigateTo(Url(tab));
        page = RenderPage<RulePage>((nameof(RulePage.Id), Shipped.Id));
    }

    private IElement Field(string label) => page.Field(label);

    private Task TypeAsync(string label, string text) => page.TypeAsync(label, text);

    private IElement Button(string text) => page.Button(text);

    private IElement DialogButton(string text) => page.FindAll(".mud-dialog button").Single(button => button.TextContent.Trim() == text);

    private async Task SaveAsync(int version)
    {
        // The click is over when the dialog is answered and the rule is saved.
        var saving = Button($"Save as version {version}").ClickAsync(new());
        await DialogButton("Save").ClickAsync(new());
        await saving;
    }
}
