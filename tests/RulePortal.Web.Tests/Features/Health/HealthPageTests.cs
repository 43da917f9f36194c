using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Data.Ledger;
using RulePortal.Web.Features.Health.Circuits;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Health;

public sealed class HealthPageTests : HealthPageContext
{
    [Fact]
    public void Page_WhileReading_ShowsItsShape()
    {
        Gate.Close();

        Open();

        Assert.Equal(6, Page.FindAll("[role=status][aria-label=Loading]").Count);
        Gate.Open();
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find(".health-verdict")));
        Assert.Empty(Page.FindAll("[aria-label=Loading]"));
    }

    [Fact]
    public void Page_EmptyStore_SaysThatThereIsNothingToDo()
    {
        Open();

        Page.WaitForAssertion(() => Assert.Equal("Works: There is nothing to do: no rule is enabled.", Verdict()));
        Assert.Contains("None yet Rules have nothing to look at until connections are stored.", Card("data"), StringComparison.Ordinal);
        Assert.EndsWith("No window was missed.", Card("gaps"), StringComparison.Ordinal);
        Assert.EndsWith("No rule is enabled.", Card("failing"), StringComparison.Ordinal);
        Assert.EndsWith("No rule was evaluated in these days.", Card("slowest"), StringComparison.Ordinal);
        Assert.EndsWith("No machine has reported yet.", Card("sources"), StringComparison.Ordinal);
        Assert.EndsWith("No forecast: no whole day of the last week has connections.", Card("storage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AllWell_SaysSoInOneSentence()
    {
        var rule = await AddRuleAsync();
        Time.Advance(TimeSpan.FromMinutes(66));
        await PlanAsync(rule, evaluated: 1);
        await StoreAsync(("vm-01", 2), ("vm-02", 59));
        Services.GetRequiredService<CircuitCount>().Opened(3);
        Services.GetRequiredService<CircuitCount>().WentUp(2);

        Open();

        Page.WaitForAssertion(() => Assert.Equal("Works: 1 rule is evaluated on time, the newest data are 2 min old.", Verdict()));
        Assert.Equal("Scheduler On time Limit 15 min, from when a rule's latest window is due 0 waiting, 0 running now", Card("scheduler"));
        Assert.StartsWith("Data 2 min ago the newest row 2 machines report, 0 silent for longer than expected", Card("data"), StringComparison.Ordinal);
        Assert.Contains("4 workers", Card("machinery"), StringComparison.Ordinal);
        Assert.EndsWith("2 open pages on this node, 1 kept for a browser that lost its connection", Card("machinery"), StringComparison.Ordinal);
        Assert.EndsWith("Rare connections 1 0 ms 0 ms 0 ms", Card("slowest"), StringComparison.Ordinal);
        Assert.EndsWith("vm-02 Reporting 59 min ago 1 vm-01 Reporting 2 min ago 1", Card("sources"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WindowsMissed_AreATableByState()
    {
        var rule = await AddRuleAsync();
        await StoreAsync(("vm-01", 1));
        Time.Advance(TimeSpan.FromMinutes(366));
        await StoreAsync(("vm-01", 1));
        await PlanAsync(rule, evaluated: 1);
        await PlanAsync(rule, evaluated: 2, AttemptKind.Backfill);

        Open();

        Page.WaitForAssertion(() => Assert.Equal("Works, with a remark: 3 missed windows are still to be evaluated.", Verdict()));
        Assert.Equal("/health-page#gaps", Page.Find(".health-verdict a").GetAttribute("href"));
        Assert.Equal(
            ["Rare connections Filling 3 0 2 0 0 2026-03-02 12:00 UTC 2026-03-02 17:00 UTC just now"],
            Page.FindAll("section[aria-labelledby=gaps] tbody tr").Select(row => string.Join(' ', row.Children.Select(Squeezed))));
    }

    [Fact]
    public async Task Page_ManyTroubles_AreListedTheGravestFirst()
    {
        var failing = await AddRuleAsync("Failing");
        var stopped = await AddRuleAsync("Stopped");
        Time.Advance(TimeSpan.FromMinutes(66));
        await PlanAsync(failing, evaluated: 1, fault: "The detector failed");
        await using (var db = await Store.CreateDbContextAsync(Xunit.TestContext.Current.CancellationToken))
        {
            (await db.AnalyticsRules.SingleAsync(rule => rule.Id == stopped, Xunit.TestContext.Current.CancellationToken)).Faulted(1, "too many rows");
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        Jobs.State = new([], 5, 0, 2, "Timeout");
        Disk.Free = 1L << 20;
        await StoreAsync(("vm-01", 200));

        Open();

        Page.WaitForAssertion(() => Assert.Equal("Does not work: 6 things need attention.", Verdict()));
        Assert.Equal(
            [
                "Fault: No process evaluates rules: no workers are running.",
                "Fault: The rule “Failing” failed when it last ran.",
                "Fault: The rule “Stopped” was disabled by the portal after faults.",
                "Fault: The disk is nearly full: 1 MB are free, 512 MB are wanted.",
                "Fault: No machine has reported for 3 h 20 min.",
                "Remark: 2 background jobs failed within a day.",
            ],
            Page.FindAll(".health-verdict li").Select(Squeezed));
        Assert.Equal(
            ["Failing Failing 1 just now The detector failed", "Stopped Disabled by the portal 0 none in these days Disabled after 1 faults in a row: too many rows"],
            Page.FindAll("section[aria-labelledby=failing] tbody tr").Select(row => string.Join(' ', row.Children.Select(Squeezed))));
        Assert.Contains("The last: Timeout", Card("machinery"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SchedulerStandsStill_SaysSinceWhenAndForWhichRule()
    {
        var rule = await AddRuleAsync();
        Time.Advance(TimeSpan.FromMinutes(90));
        await StoreAsync(("vm-01", 1));

        Open();

        Page.WaitForAssertion(() => Assert.Equal("Does not work: The scheduler is 25 min behind: the window to 2026-03-02 13:00 UTC of “Rare connections” has not been started.", Verdict()));
        Assert.Equal($"/rules/{rule}?tab=runs", Page.Find(".health-verdict a").GetAttribute("href"));
        Assert.StartsWith("Scheduler 25 min behind", Card("scheduler"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreGrows_ForecastsTheDisk()
    {
        await using (var db = await Store.CreateDbContextAsync(Xunit.TestContext.Current.CancellationToken))
        {
            db.ConnectionHours.AddRange(Enumerable.Range(0, 241).Select(hour => new ConnectionHour { HourUtc = Now.AddHours(-hour), Rows = 100 }));
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        Open();
        Page.WaitForAssertion(() => Assert.Matches(@"Grows by [\d.]+ KB a day for 65 days, to about [\d.]+ MB; then retention holds it\.$", Card("storage")));

        Disk.Free = 513L << 20;
        Time.Advance(TimeSpan.FromMinutes(1));
        Page.WaitForAssertion(() => Assert.Matches(@"then retention holds it\.$", Card("storage")));

        Disk.Free = null;
        Time.Advance(TimeSpan.FromMinutes(1));
        Page.WaitForAssertion(() => Assert.Matches(@"the disk is the database server's Grows by [\d.]+ KB a day for 64 days, to about [\d.]+ MB; then retention holds it\.$", Card("storage")));
    }

    [Fact]
    public async Task Page_OnePartAway_ShowsTheOthersAndSaysWhich()
    {
        await AddRuleAsync();
        await StoreAsync(("vm-01", 1));
        Jobs.Fails = true;
        await using (var db = await Store.CreateDbContextAsync(Xunit.TestContext.Current.CancellationToken))
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE ConnectionHours RENAME TO Away", Xunit.TestContext.Current.CancellationToken);
        }

        Open();

        Page.WaitForAssertion(() => Assert.Equal("Does not work: Some of this page could not be read: the storage, the jobs.", Verdict()));
        Assert.Equal("Storage Could not be read Tried again every minute; the portal's log has the details.", Card("storage"));
        Assert.StartsWith("Data 1 min ago", Card("data"), StringComparison.Ordinal);
        Assert.DoesNotContain("The queue is away", Page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreAway_SaysSoAndTriesAgain()
    {
        Gate.Fails = true;

        Open();
        Page.WaitForAssertion(() => Assert.Equal("The health of the portal could not be read", Page.Find("[role=alert] .state-title").TextContent));
        Assert.DoesNotContain("The store is away", Page.Markup, StringComparison.Ordinal);

        Gate.Fails = false;
        await Page.Button("Try again").ClickAsync(new());
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find(".health-verdict")));
    }

    [Fact]
    public void Page_StoreAwayLater_KeepsWhatItShowsWithItsAge()
    {
        Open();
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find(".health-verdict")));
        Gate.Fails = true;

        Time.Advance(TimeSpan.FromMinutes(1));

        Page.WaitForAssertion(() => Assert.Equal("The page could not be refreshed: the store does not answer. It shows what was read 1 min ago .", Squeezed(Page.Find("[role=alert]"))));
        Assert.Contains("There is nothing to do", Verdict(), StringComparison.Ordinal);
        Gate.Fails = false;
        Time.Advance(TimeSpan.FromMinutes(1));
        Page.WaitForAssertion(() => Assert.Empty(Page.FindAll("[role=alert]")));
    }
}
