using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Features.Rules.Editing;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>What is typed on a rule's page and not saved outlives the page.</summary>
public sealed class RuleDraftsTests : RulePageContext
{
    private static readonly Actor Ann = new("dev:ann", "Ann") { Rights = ActorRights.All };

    [Fact]
    public async Task Typing_AField_KeepsTheFormUnderThePersonAndTheRule()
    {
        var page = await OpenAsync();

        await page.TypeAsync("Name", "Rarer");

        var kept = JSInterop.Invocations["portal.drafts.keep"][^1].Arguments;
        Assert.Equal(("dev:contributor", $"rule:{Shipped.Id}"), ((string)kept[0]!, (string)kept[1]!));
        var typed = JsonSerializer.Deserialize<TypedRule>((string)kept[3]!)!;
        Assert.Equal(("Rarer", 1), (typed.Name, typed.Version));
        Assert.Equal(Shipped.Definition.TriggerThreshold, typed.TriggerThreshold);
    }

    [Fact]
    public async Task Typing_WhatWasThere_ForgetsTheDraft()
    {
        var page = await OpenAsync();
        await page.TypeAsync("Name", "Rarer");

        await page.TypeAsync("Name", Shipped.Definition.Name);

        Assert.Equal($"rule:{Shipped.Id}", JSInterop.Invocations["portal.drafts.drop"][^1].Arguments[0]);
    }

    [Fact]
    public async Task Opening_WithADraft_RestoresItAndSaysSoUntilItIsDiscarded()
    {
        await AddRuleAsync();
        await KeptAsync(draft =>
        {
            draft.Name = "Rarer";
            draft.QueryPeriod.Text = "thirty days";
            draft.Settings[0].Typed = "12";
        });

        var page = Open();

        page.WaitForAssertion(() => Assert.Contains("Unsaved changes from 5 min ago are restored. They are in the form and not saved yet.", Notice(page), StringComparison.Ordinal));
        Assert.Equal("Rarer", page.Field("Name").GetAttribute("value"));
        Assert.Contains("Query period cannot be read.", page.Markup, StringComparison.Ordinal);
        await page.Button("Discard them").ClickAsync(new());
        Assert.Empty(page.FindAll(".draft-notice"));
        Assert.Equal(Shipped.Definition.Name, page.Field("Name").GetAttribute("value"));
        Assert.NotEmpty(JSInterop.Invocations["portal.drafts.drop"]);
    }

    [Fact]
    public async Task Opening_DraftOfAnOlderVersion_TellsWhoSavedMeanwhileAndKeepsBoth()
    {
        var id = await AddRuleAsync();
        await KeptAsync(draft => draft.Name = "Mine");
        var saved = await Rules.SaveAsync(id, 1, Shipped.Definition with { TriggerThreshold = 9 }, "", Ann, CancellationToken.None);
        Assert.Equal(RuleSaveOutcome.Saved, saved.Outcome);

        var page = Open();

        page.WaitForAssertion(() => Assert.Contains("Not saved: Ann saved version 2 meanwhile", page.Markup, StringComparison.Ordinal));
        Assert.Contains("They were made to version 1.", Notice(page), StringComparison.Ordinal);
        Assert.DoesNotContain("by Ann", page.Find(".rule-facts").TextContent, StringComparison.Ordinal);
        await page.Button("Bring these into my form").ClickAsync(new());
        Assert.Equal("Mine", page.Field("Name").GetAttribute("value"));
        Assert.Contains("Save as version 3", page.Markup, StringComparison.Ordinal);
        Assert.Equal(2, JsonSerializer.Deserialize<TypedRule>((string)JSInterop.Invocations["portal.drafts.keep"][^1].Arguments[3]!)!.Version);
    }

    [Fact]
    public async Task Opening_DraftOfAnOlderVersionDiscarded_ShowsTheNewer()
    {
        var id = await AddRuleAsync();
        await KeptAsync(draft => draft.Name = "Mine");
        await Rules.SaveAsync(id, 1, Shipped.Definition with { Name = "Theirs" }, "", Ann, CancellationToken.None);
        var page = Open();
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".draft-notice")));

        await page.Button("Discard them").ClickAsync(new());

        Assert.Equal("Theirs", page.Field("Name").GetAttribute("value"));
        Assert.Empty(page.FindAll(".draft-notice"));
        Assert.DoesNotContain("meanwhile", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"Version\":77}")]
    [InlineData("[]")]
    public async Task Opening_WhatIsNoDraft_ShowsTheRuleAsItIsSaved(string text)
    {
        await AddRuleAsync();
        Find(text);

        var page = Open();

        page.WaitForAssertion(() => Assert.Equal(Shipped.Definition.Name, page.Field("Name").GetAttribute("value")));
        Assert.Empty(page.FindAll(".draft-notice"));
    }

    [Fact]
    public async Task Opening_AsAReader_AsksForNoDraft()
    {
        await AddRuleAsync();
        SignIn("Reader");
        Navigation.NavigateTo($"/rules/{Shipped.Id}");

        var page = RenderPage<RulePage>((nameof(RulePage.Id), Shipped.Id));

        page.WaitForAssertion(() => Assert.NotNull(page.Find(".rule-tab")));
        Assert.Empty(JSInterop.Invocations["portal.drafts.find"]);
        Assert.Null(page.Find(".rule-tab").GetAttribute("data-draft"));
    }

    private static string Notice(IRenderedComponent<Harness<RulePage>> page) =>
        string.Join(' ', page.Find(".draft-notice").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<IRenderedComponent<Harness<RulePage>>> OpenAsync()
    {
        await AddRuleAsync();
        return Open();
    }

    private IRenderedComponent<Harness<RulePage>> Open()
    {
        SignIn("Contributor");
        Navigation.NavigateTo($"/rules/{Shipped.Id}");
        var page = RenderPage<RulePage>((nameof(RulePage.Id), Shipped.Id));
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".rule-tab")));
        return page;
    }

    private async Task KeptAsync(Action<RuleDraft> change)
    {
        var rule = (await Rules.FindAsync(Shipped.Id, CancellationToken.None))!;
        var draft = new RuleDraft(rule.Definition, Services.GetRequiredService<RulePortal.Detection.Detectors.DetectorCatalog>().Find(rule.Definition.Detector));
        change(draft);
        Find(JsonSerializer.Serialize(TypedRule.Of(draft, rule.Version)));
    }

    private void Find(string text) => JSInterop.Setup<DraftBox.Kept?>("portal.drafts.find", _ => true).SetResult(new DraftBox.Kept(Now.AddMinutes(-5), text));
}
