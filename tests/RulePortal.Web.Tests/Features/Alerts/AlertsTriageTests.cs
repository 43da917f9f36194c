using Bunit;
using Microsoft.AspNetCore.Components;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

/// <summary>Working several alerts from the list.</summary>
public sealed class AlertsTriageTests : AlertsPageContext<AlertsPage>
{
    private const string Undetermined = "Undetermined";

    private static readonly ClosingVerdict Wrong = new(Classification.FalsePositive, ClassificationReason.InaccurateData);

    [Fact]
    public async Task Select_Reader_IsNotOffered()
    {
        await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");

        Open("/alerts");

        Assert.Empty(Page.FindAll("input[type=checkbox]"));
        Assert.Empty(Page.FindAll("[role=toolbar]"));
    }

    [Theory]
    [InlineData("Responder")]
    [InlineData("Contributor")]
    [InlineData("Administrator")]
    public async Task Acknowledge_Selected_AreActiveAndTheirs(string role)
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed(), new AlertSeed());
        SignIn(role);
        Open("/alerts");
        Assert.Empty(Page.FindAll("[role=toolbar]"));
        await SelectAsync(alerts[0], alerts[2]);
        Assert.StartsWith("2 selected", Squeezed("[role=toolbar]"), StringComparison.Ordinal);

        await Button("Acknowledge").ClickAsync(new());

        Assert.Equal([AlertStatus.Active, AlertStatus.New, AlertStatus.Active], await StatusesAsync(alerts));
        Assert.Equal($"Development {role}", (await AlertAsync(alerts[0].Id)).OwnerName);
        Assert.Equal("2 of 2 alerts acknowledged.", Report());
        Assert.Empty(Page.FindAll("[role=toolbar]"));
        Assert.Equal(2, Page.FindAll("td[data-label=Status]").Count(cell => cell.TextContent.Trim() == "Active"));
    }

    [Fact]
    public async Task Acknowledge_SomeChangedMeanwhile_LeavesThoseAloneAndSaysWhy()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed(), new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync([.. alerts]);
        await Triage.AssignAsync(alerts[1], Ben, Ben, CancellationToken.None);
        await Triage.CloseAsync(alerts[2], Wrong, null, Ben, CancellationToken.None);

        await Button("Acknowledge").ClickAsync(new());

        Assert.Equal([AlertStatus.Active, AlertStatus.New, AlertStatus.Closed], await StatusesAsync(alerts));
        Assert.Equal("Ben", (await AlertAsync(alerts[1].Id)).OwnerName);
        Assert.StartsWith("1 of 3 alerts acknowledged. 2 were left alone and stay selected:", Report(), StringComparison.Ordinal);
        Assert.Equal(
            [$"Alert {alerts[1].Id}: Ben assigned it to Ben.", $"Alert {alerts[2].Id}: Ben closed it as False positive - inaccurate data."],
            Page.FindAll("[role=status] li").Select(Squeezed));
        Assert.Equal($"/alerts/{alerts[1].Id}", Page.Find("[role=status] li a").GetAttribute("href"));
        Assert.StartsWith("2 selected", Squeezed("[role=toolbar]"), StringComparison.Ordinal);

        // What is seen now may be changed: the assigned one goes through, the closed one still does not.
        await Button("Acknowledge").ClickAsync(new());
        Assert.Equal([AlertStatus.Active, AlertStatus.Active, AlertStatus.Closed], await StatusesAsync(alerts));
        Assert.Equal("Ben", (await AlertAsync(alerts[1].Id)).OwnerName);
        Assert.EndsWith($"Alert {alerts[2].Id}: It is closed already; reopen it first.", Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acknowledge_SomeWereSoAlready_SaysHowMany()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed());
        await Triage.AcknowledgeAsync(alerts[0], Ben, CancellationToken.None);
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync([.. alerts]);

        await Button("Acknowledge").ClickAsync(new());

        Assert.Equal("1 of 2 alerts acknowledged; 1 was so already.", Report());
        Assert.Equal("Ben", (await AlertAsync(alerts[0].Id)).OwnerName);
    }

    [Fact]
    public async Task Report_ManyRefused_NamesFiveAndCountsTheRest()
    {
        var alerts = await Store.RaiseAsync(Enumerable.Repeat(new AlertSeed { Rows = 0 }, 8));
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync([.. alerts]);
        foreach (var alert in alerts.Take(7))
        {
            await Triage.AcknowledgeAsync(alert, Ben, CancellationToken.None);
        }

        await Button("Acknowledge").ClickAsync(new());

        Assert.Equal(6, Page.FindAll("[role=status] li").Count);
        Assert.EndsWith("and 2 more", Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssignToMe_Selected_AreMine()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync([.. alerts]);

        await Button("Assign to me").ClickAsync(new());

        Assert.Equal("2 of 2 alerts assigned to you.", Report());
        Assert.Equal(("dev:responder", AlertStatus.New), ((await AlertAsync(alerts[1].Id)).OwnerId, (await AlertAsync(alerts[1].Id)).Status));
    }

    [Fact]
    public async Task Assign_Chosen_AreTheirs()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed(), new AlertSeed());
        await Triage.AcknowledgeAsync(alerts[2], Ben, CancellationToken.None);
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync(alerts[0], alerts[1]);

        var assigning = Button("Assign...").ClickAsync(new());
        Assert.Contains("Assign 2 alerts", Dialog.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Me (Development Responder)", "Ben", "Nobody"], Dialog.QuerySelectorAll("label").Select(Squeezed));
        Assert.True(DialogButton("Assign").HasAttribute("disabled"));
        await ChooseAsync("Ben");
        await DialogButton("Assign").ClickAsync(new());
        await assigning;

        Assert.Equal("2 of 2 alerts assigned to Ben.", Report());
        Assert.Equal(Ben.Id, (await AlertAsync(alerts[0].Id)).OwnerId);
    }

    [Fact]
    public async Task Close_WithoutAClassification_ClosesNothing()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync([.. alerts]);
        var closing = Button("Close...").ClickAsync(new());
        Assert.Contains("Close 2 alerts", Dialog.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["True positive - suspicious activity", "Benign positive - suspicious but expected", "False positive - incorrect alert logic", "False positive - inaccurate data", Undetermined],
            Dialog.QuerySelectorAll("fieldset label").Select(Squeezed));

        await DialogButton("Close 2 alerts").ClickAsync(new());

        Assert.Equal("Choose a classification.", Dialog.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal([AlertStatus.New, AlertStatus.New], await StatusesAsync(alerts));
        await DialogButton("Cancel").ClickAsync(new());
        await closing;
        Assert.Equal([AlertStatus.New, AlertStatus.New], await StatusesAsync(alerts));
        Assert.StartsWith("2 selected", Squeezed("[role=toolbar]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_Classified_KeepsVerdictAndComment()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync([.. alerts]);

        await CloseAsync(Wrong.DisplayName, "The address moved.", "Close 2 alerts");

        Assert.Equal("2 of 2 alerts closed.", Report());
        foreach (var seen in alerts)
        {
            var alert = await AlertAsync(seen.Id);
            Assert.Equal((AlertStatus.Closed, Wrong), (alert.Status, new ClosingVerdict(alert.Classification!.Value, alert.ClassificationReason!.Value)));
            Assert.Equal("The address moved.", alert.Activities[^1].Comment);
        }
    }

    [Fact]
    public async Task Close_OneChangedMeanwhile_OverwritesNothing()
    {
        var alerts = await Store.RaiseAsync(new AlertSeed(), new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync([.. alerts]);
        await Triage.CommentAsync(alerts[0], "Wait, I look into it.", Ben, CancellationToken.None);

        await CloseAsync(Undetermined, null, "Close 2 alerts");

        Assert.Equal([AlertStatus.New, AlertStatus.Closed], await StatusesAsync(alerts));
        Assert.Equal($"1 of 2 alerts closed. 1 was left alone and stays selected:Alert {alerts[0].Id}: Ben commented.", Report());
    }

    [Theory]
    [InlineData("Acknowledge")]
    [InlineData("Assign to me")]
    public async Task Action_RoleLostMeanwhile_ChangesNothing(string action)
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync(alert);
        SignIn("Reader");

        await Button(action).ClickAsync(new());

        Assert.Equal("This needs the role Responder.", Squeezed("[role=alert]"));
        Assert.Equal((AlertStatus.New, null), ((await AlertAsync(alert.Id)).Status, (await AlertAsync(alert.Id)).OwnerId));
    }

    [Fact]
    public async Task Close_RoleLostMeanwhile_ChangesNothing()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync(alert);
        SignIn("Reader");

        await CloseAsync(Undetermined, null, "Close alert");

        Assert.Equal("This needs the role Responder.", Squeezed("[role=alert]"));
        Assert.Equal(AlertStatus.New, (await AlertAsync(alert.Id)).Status);
    }

    [Fact]
    public async Task Acknowledge_StoreAway_SaysSoAndKeepsTheSelection()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync(alert);
        Gate.Fails = true;

        await Button("Acknowledge").ClickAsync(new());

        Assert.Contains(Page.FindAll("[role=alert]"), notice => notice.TextContent.Contains("The store did not answer.", StringComparison.Ordinal));
        Gate.Fails = false;
        await Button("Acknowledge").ClickAsync(new());
        Assert.Equal("1 of 1 alert acknowledged.", Report());
        Assert.Empty(Page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Selection_AcrossPages_IsKeptUntilTheFilterChanges()
    {
        var alerts = await Store.RaiseAsync(Enumerable.Range(1, 11).Select(number => new AlertSeed { RaisedUtc = AlertSeed.Noon.AddMinutes(-number), Rows = 0 }));
        SignIn("Responder");
        Open("/alerts?size=10");
        await Page.Find("[aria-label='Select all alerts on this page']").ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.StartsWith("10 selected", Squeezed("[role=toolbar]"), StringComparison.Ordinal);

        Navigation.NavigateTo("/alerts?size=10&page=2");
        Page.WaitForAssertion(() => Assert.StartsWith("10 selected, 10 not on this page", Squeezed("[role=toolbar]"), StringComparison.Ordinal));
        await Button("Acknowledge").ClickAsync(new());
        Assert.Equal("10 of 10 alerts acknowledged.", Report());
        Assert.Equal(AlertStatus.New, (await AlertAsync(alerts[^1].Id)).Status);

        Navigation.NavigateTo("/alerts?size=10");
        Page.WaitForAssertion(() => Assert.Equal(10, Page.FindAll("td[data-label=Title]").Count));
        await SelectAsync(alerts[0]);
        Navigation.NavigateTo("/alerts?size=10&status=Active");
        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[role=toolbar]")));
    }

    [Fact]
    public async Task Selection_Cleared_LeavesNothingToDo()
    {
        var alert = await Store.RaiseAsync(new AlertSeed());
        SignIn("Responder");
        Open("/alerts");
        await SelectAsync(alert);

        await Button("Clear selection").ClickAsync(new());

        Assert.Empty(Page.FindAll("[role=toolbar]"));
        Assert.False(Page.Find($"[aria-label='Select alert {alert.Id}']").HasAttribute("checked"));
    }

    private async Task SelectAsync(params AlertReference[] alerts)
    {
        foreach (var alert in alerts)
        {
            await Page.Find($"[aria-label='Select alert {alert.Id}']").ChangeAsync(new ChangeEventArgs { Value = true });
        }
    }

    private async Task CloseAsync(string verdict, string? comment, string button)
    {
        var closing = Button("Close...").ClickAsync(new());
        await ChooseAsync(verdict);
        if (comment is not null)
        {
            await Page.TypeAsync("Comment", comment);
        }

        await DialogButton(button).ClickAsync(new());
        await closing;
    }

    private string Report() => Squeezed(Page.FindAll("[role=status]").Single(status => status.TextContent.Contains(" of ", StringComparison.Ordinal) && status.Closest("nav") is null));

    private async Task<IReadOnlyList<AlertStatus>> StatusesAsync(IEnumerable<AlertReference> alerts)
    {
        var statuses = new List<AlertStatus>();
        foreach (var alert in alerts)
        {
            statuses.Add((await AlertAsync(alert.Id)).Status);
        }

        return statuses;
    }
}
