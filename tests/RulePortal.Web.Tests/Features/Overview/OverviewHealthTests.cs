using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Evaluation;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Overview;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Features.Alerts;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Overview;

/// <summary>Whether rules run and data come.</summary>
public sealed class OverviewHealthTests : AlertsPageContext<OverviewPage>
{
    public OverviewHealthTests()
    {
        Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake().AddOverviewFeature();
        Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake();
        Services.AddSingleton(DetectorCatalog.Shipped);
        Services.AddEvaluation();
        Services.AddSingleton<RulePins>();
        Services.AddSingleton<RuleStore>();
    }

    private RuleStore Rules => Services.GetRequiredService<RuleStore>();

    [Fact]
    public async Task Rules_NotRunYet_AreNotSaidToHaveRunWell()
    {
        await AddRuleAsync("New");
        SignIn("Reader");

        Open("/");

        Assert.Equal("Rules1 enabled, 0 failing, 0 disabledEvery rule is enabled, and none failed when it last ran.", Squeezed(Card("Rules")));
    }

    [Fact]
    public async Task Rules_InTrouble_AreNamedWithTheReasonFailingFirst()
    {
        await AddRuleAsync("A well one");
        var failing = await AddRuleAsync("Failing");
        var stopped = await AddRuleAsync("Stopped by the portal");
        var off = await AddRuleAsync("Off", enabled: false);
        await AddAttemptAsync(failing, AttemptOutcome.TransientFault, "The database did not answer; tried again later");
        await using (var db = await Store.CreateDbContextAsync())
        {
            (await db.AnalyticsRules.FindAsync(stopped))!.Faulted(1, "too many result rows");
            await db.SaveChangesAsync();
        }

        SignIn("Reader");

        Open("/");

        Assert.StartsWith("Rules2 enabled, 1 failing, 2 disabled", Squeezed(Card("Rules")), StringComparison.Ordinal);
        Assert.Equal(
            [
                "Failing The database did not answer; tried again later",
                "Off Disabled by a person.",
                "Stopped by the portal Disabled after 1 faults in a row: too many result rows",
            ],
            Card("Rules").QuerySelectorAll("li").Select(Squeezed));
        Assert.Equal([failing, off, stopped], Card("Rules").QuerySelectorAll("li a").Select(link => Guid.Parse(link.GetAttribute("href")!.Split('/', '?')[2])));
    }

    [Fact]
    public async Task Rules_ManyInTrouble_AreFourAndANumber()
    {
        for (var rule = 0; rule < 6; rule++)
        {
            await AddRuleAsync($"Rule {rule}", enabled: false);
        }

        SignIn("Reader");

        Open("/");

        Assert.Equal(4, Card("Rules").QuerySelectorAll("li").Length);
        Assert.EndsWith("and 2 more", Squeezed(Card("Rules")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_Stored_TellHowFreshAndWhoIsSilent()
    {
        await StoreAsync(("fresh", 3), ("on the edge", 60), ("silent", 61));
        SignIn("Reader");

        Open("/");

        Assert.Equal("DataNewest row 3 min ago 3 machines report, 1 silent for longer than expected", Squeezed(Card("Data")));
        Assert.Equal("/connections", Card("Data").QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("Enabled rules look at every window; what they did not find is in their runs.", Page.Find(".state-text").TextContent);
    }

    [Fact]
    public async Task Data_OneMachine_IsSaidInTheSingular()
    {
        await StoreAsync(("only", 3));
        SignIn("Reader");

        Open("/");

        Assert.Contains("1 machine reports, 0 silent", Squeezed(Card("Data")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreAwayLater_KeepsWhatItShowsAndSaysHowOldItIs()
    {
        await Store.RaiseAsync(new AlertSeed());
        SignIn("Reader");
        Open("/");
        Gate.Fails = true;

        Time.Advance(TimeSpan.FromSeconds(90));

        Page.WaitForAssertion(() => Assert.Equal("The overview could not be refreshed. It shows what was read 1 min ago.", Squeezed("[role=alert]")));
        Assert.Contains("1 open", Squeezed("[aria-labelledby=open-alerts]"), StringComparison.Ordinal);
        Gate.Fails = false;
        Time.Advance(TimeSpan.FromSeconds(30));
        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[role=alert]")));
    }

    private IElement Card(string heading) => Page.FindAll("section").Single(section => section.QuerySelector("h2")?.TextContent.Trim() == heading);

    private async Task<Guid> AddRuleAsync(string name, bool enabled = true)
    {
        var id = Guid.NewGuid();
        var created = await Rules.CreateAsync(id, ShippedRules.RareOutboundConnectionByProcess.Definition with { Name = name }, enabled, "", Actor.System, CancellationToken.None);
        Assert.Equal(RuleSaveOutcome.Saved, created.Outcome);
        return id;
    }

    private async Task AddAttemptAsync(Guid rule, AttemptOutcome outcome, string sentence)
    {
        await using var db = await Store.CreateDbContextAsync();
        var window = new RuleWindow { RuleId = rule, StartUtc = AlertSeed.Noon.AddHours(-1), EndUtc = AlertSeed.Noon, AttemptCount = 1 };
        db.RuleWindows.Add(window);
        await db.SaveChangesAsync();
        db.RuleAttempts.Add(new RuleAttempt
        {
            WindowId = window.Id,
            RuleId = rule,
            WindowEndUtc = window.EndUtc,
            Kind = AttemptKind.Scheduled,
            RuleVersion = 1,
            FencingToken = 1,
            ActorName = Actor.System.Name,
            StartedUtc = AlertSeed.Noon.AddMinutes(5),
            Outcome = outcome,
            Sentence = sentence,
        });
        await db.SaveChangesAsync();
    }

    private async Task StoreAsync(params (string Computer, int MinutesAgo)[] machines)
    {
        var rows = machines.Select(machine => RunsFixture.Connection(Now.AddMinutes(-machine.MinutesAgo), "nginx", "United States") with { Computer = machine.Computer });
        var result = await Services.GetRequiredService<ConnectionImporter>().ImportAsync(new BatchFacts(BatchOrigin.Api, Actor.System) { Key = "rows" }, rows.ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(BatchStatus.Stored, result.Status);
    }
}
