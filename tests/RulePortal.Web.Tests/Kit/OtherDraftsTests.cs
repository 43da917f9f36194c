using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Security;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Administration.Keys;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Features.Alerts;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Kit;

/// <summary>What is typed about an alert or a key and not saved outlives the page.</summary>
public sealed class OtherDraftsTests : AlertsPageContext<AlertPage>
{
    [Fact]
    public async Task Alert_CommentAndClosingTyped_AreKeptTogether()
    {
        await OpenAlertAsync();

        await Page.TypeAsync("Comment", "Looked at the host.");
        Time.Advance(TimeSpan.FromSeconds(1));
        Page.WaitForAssertion(() => Assert.Equal(new TypedAlert("Looked at the host.", null, null), Kept<TypedAlert>()));
        _ = Button("Close...").ClickAsync(new());
        Page.WaitForAssertion(() => Assert.NotNull(Dialog));
        var verdict = ClosingVerdict.All[1].DisplayName;
        await ChooseAsync(verdict);
        await Dialog.QuerySelector("textarea")!.InputAsync(new ChangeEventArgs { Value = "The backup moved." });

        Page.WaitForAssertion(() => Assert.Equal(new TypedAlert("Looked at the host.", verdict, "The backup moved."), Kept<TypedAlert>()));
        Assert.Equal("dev:responder", JSInterop.Invocations["portal.drafts.keep"][^1].Arguments[0]);
    }

    [Fact]
    public async Task Alert_WithADraft_RestoresTheCommentAndOffersToGoOnClosing()
    {
        Find(new TypedAlert("Looked at the host.", ClosingVerdict.All[1].DisplayName, "The backup moved."));
        await OpenAlertAsync();

        Assert.Contains("Unsaved changes from 5 min ago are restored. A comment and the start of closing the alert; neither is saved.", Squeezed(".draft-notice"), StringComparison.Ordinal);
        Assert.Contains("Looked at the host.", Page.Find(".comment-form textarea").GetAttribute("value") ?? Page.Find(".comment-form textarea").TextContent, StringComparison.Ordinal);
        _ = Button("Go on closing").ClickAsync(new());
        Page.WaitForAssertion(() => Assert.NotNull(Dialog));
        Assert.True(Dialog.QuerySelectorAll("input[type=radio]")[1].HasAttribute("checked"));
    }

    [Fact]
    public async Task Alert_DraftDiscarded_IsForgotten()
    {
        Find(new TypedAlert("Looked at the host.", null, null));
        await OpenAlertAsync();

        await Button("Discard them").ClickAsync(new());

        Assert.Empty(Page.FindAll(".draft-notice"));
        Assert.Contains(JSInterop.Invocations["portal.drafts.drop"], call => ((string)call.Arguments[0]!).StartsWith("alert:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alert_CommentSent_IsForgotten()
    {
        Find(new TypedAlert("Looked at the host.", null, null));
        await OpenAlertAsync();

        await Page.Find(".comment-form").SubmitAsync();

        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll(".draft-notice")));
        Assert.NotEmpty(JSInterop.Invocations["portal.drafts.drop"]);
    }

    [Fact]
    public void Key_WithADraft_OffersToGoOnWithTheSameChoices()
    {
        Services.AddSingleton<ApiKeyStore>();
        Find(new TypedKey("collector", ApiKeyRole.Reader, 30));
        SignIn("Administrator");
        var page = RenderPage<KeysPage>();
        page.WaitForAssertion(() => Assert.Contains("A new key was being made: collector. No key was made yet.", page.Find(".draft-notice").TextContent, StringComparison.Ordinal));

        _ = page.Button("Go on").ClickAsync(new());

        page.WaitForAssertion(() => Assert.NotNull(page.Find("[role=dialog]")));
        page.WaitForAssertion(() => Assert.Equal("collector", page.Find("[role=dialog] input[maxlength='100']").GetAttribute("value")));
        Assert.Equal(2, page.FindAll("[role=dialog] input[type=radio]").Count(radio => radio.HasAttribute("checked")));
    }

    [Fact]
    public async Task Box_BrowserAway_TakesNothingWithIt()
    {
        SignIn("Reader");
        JSInterop.SetupVoid("portal.drafts.keep", _ => true).SetException(new Microsoft.JSInterop.JSDisconnectedException("gone"));
        JSInterop.Setup<DraftBox.Kept?>("portal.drafts.find", _ => true).SetException(new Microsoft.JSInterop.JSException("storage is closed"));
        var box = Services.GetRequiredService<DraftBox>();

        await box.KeepAsync("x", new TypedAlert("a", null, null));

        Assert.Null(await box.FindAsync<TypedAlert>("x"));
    }

    private async Task OpenAlertAsync()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Responder");
        Open($"/alerts/{alert.Id}", (nameof(AlertPage.Id), alert.Id));
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find(".comment-form")));
    }

    private void Find<T>(T content) =>
        JSInterop.Setup<DraftBox.Kept?>("portal.drafts.find", _ => true).SetResult(new DraftBox.Kept(Now.AddMinutes(-5), JsonSerializer.Serialize(content)));

    private T Kept<T>() => JsonSerializer.Deserialize<T>((string)JSInterop.Invocations["portal.drafts.keep"][^1].Arguments[3]!)!;
}
