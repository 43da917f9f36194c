using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Data.Ledger;
using RulePortal.Web.Features.Alerts.Replay;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

/// <summary>An alert raised by a scheduled run, replayed on its page.</summary>
public sealed class ReplayPanelTests : RulePageContext
{
    public ReplayPanelTests()
    {
        Services.AddEvaluation();
        SignIn(PortalRoles.Reader);
    }

    [Fact]
    public async Task Replay_NothingChanged_SaysIdenticalWithWhatWasCompared()
    {
        await RaiseAsync();
        var panel = Open();

        await Button(panel, "Replay").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Equal("Identical", panel.Find(".tone-good").TextContent));
        Assert.Contains("6 result rows with 108 values, and 32 numbers that explain them, every one as it was.", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Raised by version 1, window to 2026-03-02 13:00:00 UTC, batches up to 1", panel.Find("h3").TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("table"));
        Assert.True(Button(panel, "Replay again").TextContent.Length > 0);
    }

    [Fact]
    public async Task Replay_BatchWithdrawn_NamesRowsCauseAndLeadsToTheBatch()
    {
        await RaiseAsync();
        await Services.GetRequiredService<BatchWithdrawal>().WithdrawAsync(1, new Actor("dev:ann", "Ann") { Rights = ActorRights.Contribute }, CancellationToken.None);
        var panel = Open();

        await Button(panel, "Replay").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Equal("Different", panel.Find(".tone-warn").TextContent));
        Assert.Contains("by Ann: its rows are gone", panel.Find(".replay-cause").TextContent, StringComparison.Ordinal);
        Assert.Equal("/connections?batch=1", panel.Find(".replay-cause a").GetAttribute("href"));
        var rows = panel.FindAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList()).ToList();
        Assert.Contains(rows, row => row is ["The whole evaluation", "Outcome", "alerted", _]);
        Assert.Contains(rows, row => row[0].StartsWith("nc on vm-01, 10.0.0.4 to 203.0.113.10, port", StringComparison.Ordinal) && row[1] == "Result row found only then" && row[3] == "–");
    }

    [Fact]
    public async Task Cancel_WhileItRuns_StopsItAndSaysSo()
    {
        await RaiseAsync();
        var panel = Open();
        Gate.Close();
        var replaying = Button(panel, "Replay").ClickAsync(new());
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll("[aria-label=Replaying]")));

        await Button(panel, "Cancel").ClickAsync(new());

        await replaying;
        panel.WaitForAssertion(() => Assert.Contains("It was cancelled.", panel.Markup, StringComparison.Ordinal));
        Assert.Empty(panel.FindAll("[aria-label=Replaying]"));
        Gate.Open();
    }

    [Fact]
    public async Task Replay_StoreAway_SaysThatNothingIsLost()
    {
        await RaiseAsync();
        var panel = Open();
        Gate.Fails = true;

        await Button(panel, "Replay").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Contains("The replay failed. It stores nothing", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alert_ExtendedMeanwhile_DropsWhatAnEarlierReplaySaid()
    {
        await RaiseAsync();
        var panel = Open();
        await Button(panel, "Replay").ClickAsync(new());
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll(".tone-good")));

        panel.Render(parameters => parameters.Add(p => p.Version, 2));

        Assert.Empty(panel.FindAll(".tone-good"));
    }

    private IRenderedComponent<ReplayPanel> Open() => Render<ReplayPanel>(parameters => parameters.Add(p => p.AlertId, 1).Add(p => p.Version, 1));

    private static IElement Button(IRenderedComponent<ReplayPanel> panel, string text) => panel.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private async Task RaiseAsync()
    {
        await AddRuleAsync();
        Time.Advance(TimeSpan.FromHours(1));
        await PlantAsync(ports: 6);
        Time.Advance(TimeSpan.FromMinutes(6));
        var ledger = Services.GetRequiredService<WindowLedger>();
        await ledger.PlanAsync(Shipped.Id, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7), CancellationToken.None);
        await using var db = await Store.CreateDbContextAsync();
        var window = await db.RuleWindows.SingleAsync();
        var run = await Services.GetRequiredService<RuleRunner>().RunAsync(window.Id, AttemptKind.Scheduled, Actor.System, allowEnded: false, CancellationToken.None);
        Assert.Equal([1L], run!.AlertIds);
    }
}
