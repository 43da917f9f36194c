using Bunit;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

/// <summary>Working one alert from its page.</summary>
public sealed class AlertTriageTests : AlertsPageContext<AlertPage>
{
    private static readonly ClosingVerdict Expected = new(Classification.BenignPositive, ClassificationReason.SuspiciousButExpected);

    private AlertReference seen;

    [Fact]
    public async Task Actions_Reader_AreNotOfferedAndTheRoleIsNamed()
    {
        await OpenAsync("Reader");

        Assert.Empty(Page.FindAll(".page-header-actions button"));
        Assert.Contains("Working alerts needs the role Responder.", Page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Page.FindAll("label"), label => label.TextContent == "Comment");
    }

    [Theory]
    [InlineData("Responder")]
    [InlineData("Contributor")]
    [InlineData("Administrator")]
    public async Task Actions_EachStatus_AreWhatCanBeDoneThen(string role)
    {
        await OpenAsync(role);
        Assert.Equal(["Assign...", "Assign to me", "Close...", "Acknowledge"], Actions());

        await Button("Acknowledge").ClickAsync(new());
        Assert.Equal(["Assign...", "Close..."], Actions());
        Assert.Equal("Acknowledged.", Notice("status"));
        Assert.Contains($"Owner: Development {role}", Page.Markup, StringComparison.Ordinal);

        await CloseAsync(Expected.DisplayName, "The backup moved.");
        Assert.Equal(["Reopen"], Actions());
        Assert.Equal("Closed as Benign positive - suspicious but expected.", Notice("status"));
        Assert.Contains("The backup moved.", Page.Markup, StringComparison.Ordinal);
        var closed = await AlertAsync(seen.Id);
        Assert.Equal((AlertStatus.Closed, Classification.BenignPositive, ClassificationReason.SuspiciousButExpected), (closed.Status, closed.Classification, closed.ClassificationReason));

        await Button("Reopen").ClickAsync(new());
        Assert.Equal(["Assign...", "Close..."], Actions());
        Assert.Equal("Reopened.", Notice("status"));
        Assert.Equal(AlertStatus.Active, (await AlertAsync(seen.Id)).Status);
    }

    [Fact]
    public async Task Notice_Dismissed_IsGone()
    {
        await OpenAsync();
        await Button("Acknowledge").ClickAsync(new());

        await Page.Find("[role=status] button").ClickAsync(new());

        Assert.DoesNotContain(Page.FindAll("[role=status]"), status => status.TextContent.Contains("Acknowledged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AssignToMe_Pressed_IsMineAndStaysNew()
    {
        await OpenAsync();

        await Button("Assign to me").ClickAsync(new());

        Assert.Equal(["Assign...", "Close...", "Acknowledge"], Actions());
        Assert.Equal(("dev:responder", AlertStatus.New), ((await AlertAsync(seen.Id)).OwnerId, (await AlertAsync(seen.Id)).Status));
    }

    [Fact]
    public async Task Assign_Chosen_IsTheirsOrNobodys()
    {
        seen = await Store.RaiseAsync(new AlertSeed());
        await Triage.AssignAsync(seen, Ben, Ben, CancellationToken.None);
        await OpenAsync();
        var assigning = Button("Assign...").ClickAsync(new());
        Assert.Equal(["Me (Development Responder)", "Ben", "Nobody"], Dialog.QuerySelectorAll("label").Select(Squeezed));
        Assert.True(DialogButton("Assign").HasAttribute("disabled"));

        await ChooseAsync("Nobody");
        await DialogButton("Assign").ClickAsync(new());
        await assigning;

        Assert.Equal("Assigned to nobody.", Notice("status"));
        Assert.Null((await AlertAsync(seen.Id)).OwnerId);
        Assert.Contains("Owner: nobody", Page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assign_StoreAway_SaysSoAndKeepsWhatIsTyped()
    {
        await OpenAsync();
        await TypeCommentAsync("Not yet sent");
        Gate.Fails = true;

        await Button("Assign...").ClickAsync(new());

        Assert.StartsWith("Nothing was saved: the store did not answer. What you typed is kept.", Notice("alert"), StringComparison.Ordinal);
        Assert.Equal("Not yet sent", Comment());
        Assert.Empty(Page.FindAll("[role=dialog]"));
    }

    [Fact]
    public async Task Close_WithoutAClassification_ClosesNothing()
    {
        await OpenAsync();
        var closing = Button("Close...").ClickAsync(new());

        await DialogButton("Close alert").ClickAsync(new());

        Assert.Equal("Choose a classification.", Dialog.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal(AlertStatus.New, (await AlertAsync(seen.Id)).Status);
        await ChooseAsync(Expected.DisplayName);
        Assert.Null(Dialog.QuerySelector("[role=alert]"));
        await DialogButton("Close alert").ClickAsync(new());
        await closing;
        Assert.Equal(AlertStatus.Closed, (await AlertAsync(seen.Id)).Status);
    }

    [Fact]
    public async Task Close_ChangedMeanwhile_SaysWhatOthersDidAndKeepsWhatWasChosen()
    {
        await OpenAsync();
        await Triage.AcknowledgeAsync(seen, Ben, CancellationToken.None);

        await CloseAsync(Expected.DisplayName, "The backup moved.");

        Assert.Equal(
            "Nothing was saved, because the alert changed while you were looking: Ben acknowledged it and assigned it to Ben. The page shows it as it is now; what you typed is kept. Do it again if it still holds.",
            Notice("alert"));
        var alert = await AlertAsync(seen.Id);
        Assert.Equal((AlertStatus.Active, "Ben", 2), (alert.Status, alert.OwnerName, alert.Version));
        Assert.Contains("Owner: Ben", Page.Markup, StringComparison.Ordinal);

        var closing = Button("Close...").ClickAsync(new());
        Assert.True(Dialog.QuerySelectorAll("label").Single(label => label.TextContent.Trim() == Expected.DisplayName).QuerySelector("input")!.HasAttribute("checked"));
        await DialogButton("Close alert").ClickAsync(new());
        await closing;
        alert = await AlertAsync(seen.Id);
        Assert.Equal((AlertStatus.Closed, "The backup moved."), (alert.Status, alert.Activities[^1].Comment));
    }

    [Fact]
    public async Task Acknowledge_ClosedMeanwhile_OverwritesNothing()
    {
        await OpenAsync();
        await Triage.CloseAsync(seen, Expected, null, Ben, CancellationToken.None);

        await Button("Acknowledge").ClickAsync(new());

        Assert.Contains("Ben closed it as Benign positive - suspicious but expected.", Notice("alert"), StringComparison.Ordinal);
        Assert.Equal((AlertStatus.Closed, null), ((await AlertAsync(seen.Id)).Status, (await AlertAsync(seen.Id)).OwnerName));
        Assert.Equal(["Reopen"], Actions());
    }

    [Fact]
    public async Task Comment_Sent_IsInTheLogAndTheFieldIsEmpty()
    {
        await OpenAsync();
        Assert.True(Button("Add comment").HasAttribute("disabled"));
        await TypeCommentAsync("Asked the owner of the host.");

        await Page.Find("form").SubmitAsync();

        Assert.Equal("Asked the owner of the host.", (await AlertAsync(seen.Id)).Activities[^1].Comment);
        Assert.Equal("Comment added.", Notice("status"));
        Assert.Equal("", Comment());
        Assert.True(Button("Add comment").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Comment_SentRightAfterTheLastKey_IsWhole()
    {
        await OpenAsync();
        await TypeCommentAsync("Asked the");

        await Page.Find("form textarea").InputAsync("Asked the owner.");
        await Page.Find("form textarea").BlurAsync(new());
        await Page.Find("form").SubmitAsync();

        Assert.Equal("Asked the owner.", (await AlertAsync(seen.Id)).Activities[^1].Comment);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", Comment());
    }

    [Fact]
    public async Task Comment_ChangedMeanwhile_KeepsWhatIsTypedUntilItGoesThrough()
    {
        await OpenAsync();
        await TypeCommentAsync("Asked the owner.");
        await Triage.AcknowledgeAsync(seen, Ben, CancellationToken.None);

        await Page.Find("form").SubmitAsync();
        Assert.Contains("Ben acknowledged it", Notice("alert"), StringComparison.Ordinal);
        Assert.Equal("Asked the owner.", Comment());

        await Page.Find("form").SubmitAsync();
        Assert.Equal("Asked the owner.", (await AlertAsync(seen.Id)).Activities[^1].Comment);
        Assert.Equal("", Comment());
    }

    [Fact]
    public async Task Page_ChangedByOthers_ShowsItAndKeepsWhatIsTyped()
    {
        await OpenAsync();
        await TypeCommentAsync("Half a sent");
        await Triage.AcknowledgeAsync(seen, Ben, CancellationToken.None);

        Time.Advance(TimeSpan.FromSeconds(30));

        Page.WaitForAssertion(() => Assert.Contains("Owner: Ben", Page.Markup, StringComparison.Ordinal));
        Assert.Equal("Half a sent", Comment());
    }

    [Theory]
    [InlineData("Acknowledge")]
    [InlineData("Assign to me")]
    public async Task Action_RoleLostMeanwhile_ChangesNothing(string action)
    {
        await OpenAsync();
        SignIn("Reader");

        await Button(action).ClickAsync(new());

        Assert.Equal("Nothing was saved: This needs the role Responder. What you typed is kept.", Notice("alert"));
        var alert = await AlertAsync(seen.Id);
        Assert.Equal((AlertStatus.New, null, 1), (alert.Status, alert.OwnerName, alert.Version));
    }

    [Fact]
    public async Task CloseAndComment_RoleLostMeanwhile_ChangeNothing()
    {
        await OpenAsync();
        await TypeCommentAsync("Mine");
        SignIn("Reader");

        await CloseAsync(Expected.DisplayName, "Gone");
        await Page.Find("form").SubmitAsync();

        Assert.Contains("This needs the role Responder.", Notice("alert"), StringComparison.Ordinal);
        Assert.Equal(1, (await AlertAsync(seen.Id)).Version);
        Assert.Equal("Mine", Comment());
    }

    [Fact]
    public async Task Acknowledge_StoreAway_SaysThatNothingWasSaved()
    {
        await OpenAsync();
        Gate.Fails = true;

        await Button("Acknowledge").ClickAsync(new());

        Assert.StartsWith("Nothing was saved: the store did not answer.", Notice("alert"), StringComparison.Ordinal);
        Gate.Fails = false;
        await Button("Acknowledge").ClickAsync(new());
        Assert.Equal("Acknowledged.", Notice("status"));
    }

    [Theory]
    [InlineData("Stay", "/alerts/1")]
    [InlineData("Leave", "/alerts")]
    public async Task Leave_WithAnUnsentComment_AsksFirst(string answer, string end)
    {
        await OpenAsync();
        await TypeCommentAsync("Not sent");

        Navigation.NavigateTo("/alerts");
        Page.WaitForAssertion(() => Assert.Contains("Leave without sending the comment?", Dialog.TextContent, StringComparison.Ordinal));
        await DialogButton(answer).ClickAsync(new());

        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[role=dialog]")));
        Page.WaitForAssertion(() => Assert.EndsWith(end, Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leave_ToAnotherPageOfTheEvidence_AsksNothing()
    {
        await OpenAsync();
        await TypeCommentAsync("Not sent");

        Navigation.NavigateTo($"/alerts/{seen.Id}?evidence=2");

        Assert.EndsWith("?evidence=2", Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(Page.FindAll("[role=dialog]"));
        Assert.Equal("Not sent", Comment());
    }

    private async Task OpenAsync(string role = "Responder")
    {
        seen = seen == default ? await Store.RaiseAsync(new AlertSeed()) : seen;
        SignIn(role);
        Open($"/alerts/{seen.Id}", (nameof(AlertPage.Id), seen.Id));
        Assert.NotEmpty(Page.FindAll("h2"));
    }

    private async Task CloseAsync(string verdict, string comment)
    {
        var closing = Button("Close...").ClickAsync(new());
        await ChooseAsync(verdict);
        await Dialog.QuerySelector("textarea")!.InputAsync(comment);
        await DialogButton("Close alert").ClickAsync(new());
        await closing;
    }

    private async Task TypeCommentAsync(string text)
    {
        await Page.Find("form textarea").InputAsync(text);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        Page.WaitForAssertion(() => Assert.False(Button("Add comment").HasAttribute("disabled")));
    }

    private string Comment() => Page.Find("form textarea").GetAttribute("value") ?? "";

    private IEnumerable<string> Actions() => Page.Find("h1").ParentElement!.NextElementSibling!.QuerySelectorAll("button").Select(Squeezed);

    private string Notice(string role) => Squeezed(Page.FindAll($"[role={role}]").First(notice => notice.Closest("nav") is null));
}
