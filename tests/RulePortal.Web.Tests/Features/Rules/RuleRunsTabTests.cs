using Bunit;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>The tab Runs of the Rule page.</summary>
public sealed class RuleRunsTabTests : RuleTabContext
{
    private const string Below = "3 result rows did not reach the threshold of more than 5";

    [Fact]
    public async Task Runs_None_SaysWhenOneComes()
    {
        await OpenAsync("Reader", "runs");

        Assert.Equal("No window yet", page.Find(".state-title").TextContent);
    }

    [Fact]
    public async Task Runs_Windows_ShowStatusSentenceAndTheirAttempts()
    {
        await AddRuleAsync();
        await AddWindowAsync(Shipped.Id, Now, WindowStatus.Succeeded, AttemptOutcome.Alerted, "6 result rows exceeded the threshold of more than 5: 1 alert", attempts: 2);
        await AddWindowAsync(Shipped.Id, Now.AddHours(-1), WindowStatus.NoData, AttemptOutcome.NoData, "No rows arrived for this window");
        await AddWindowAsync(Shipped.Id, Now.AddHours(1), WindowStatus.Due, null, "");
        Open("Reader", "runs");

        Assert.Equal(["Due", "Alerted", "No data"], page.FindAll(".runs .tone").Select(tone => tone.TextContent));
        Assert.Contains("2026-03-02 11:00 to 12:00", page.Find(".runs").TextContent, StringComparison.Ordinal);
        await page.Find(".runs button[aria-expanded=false]").ClickAsync(new());

        var attempts = page.FindAll(".attempts > li").Select(attempt => attempt.TextContent).ToList();
        Assert.Equal(2, attempts.Count);
        Assert.Contains("Retry by System", attempts[0], StringComparison.Ordinal);
        Assert.Contains("took 140 ms", attempts[0], StringComparison.Ordinal);
        Assert.Contains("SQLite Error 5: 'database is locked'.", attempts[1], StringComparison.Ordinal);
        await page.Find(".runs button[aria-expanded=true]").ClickAsync(new());
        Assert.Empty(page.FindAll(".attempts"));
    }

    [Theory]
    [InlineData("Reader", false)]
    [InlineData("Contributor", true)]
    public async Task Runs_LateData_SaysWhatItWouldChangeAndOffersToEvaluateAgain(string role, bool offered)
    {
        await AddRuleAsync();
        await PlantAsync(ports: 6);
        var windowId = await AddWindowAsync(Shipped.Id, Now, WindowStatus.Succeeded, AttemptOutcome.BelowThreshold, Below);
        await using (var db = await Store.CreateDbContextAsync())
        {
            var late = await db.RuleWindows.FindAsync([windowId], Xunit.TestContext.Current.CancellationToken);
            (late!.LateVerdict, late.LateBatchSeq, late.LateSentence) = (LateVerdict.WouldAlert, 7, "Would now alert (1 new alert): 6 result rows");
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        Open(role, "runs");

        Assert.Equal("Late data: would now alert", page.Find(".late-note .tone").TextContent);
        Assert.Contains("Batch 7 brought rows after the evaluation. Would now alert (1 new alert): 6 result rows", page.Find(".late-note").TextContent, StringComparison.Ordinal);
        Assert.Equal(offered, page.FindAll(".late-note button").Count == 1);
        if (offered)
        {
            await page.Find(".late-note button").ClickAsync(new());

            Assert.Empty(page.FindAll(".late-note"));
            Assert.Equal("Alerted", page.Find(".runs .tone").TextContent);
        }
    }

    [Theory]
    [InlineData(AttemptOutcome.Learning, 3, "Learning 3 of 7 days of data that its alerts need are there.")]
    [InlineData(AttemptOutcome.BelowThreshold, 12, "Baseline at the last run: 12 of 30 days looked back have rows; the fewer, the more looks new.")]
    [InlineData(AttemptOutcome.BelowThreshold, 30, "Baseline at the last run: 30 of 30 days looked back have rows.")]
    public async Task Summary_LastRun_SaysHowFullItsBaselineWas(AttemptOutcome outcome, int days, string words)
    {
        await AddRuleAsync();
        await AddWindowAsync(Shipped.Id, Now, WindowStatus.Succeeded, outcome, "A sentence");
        await using (var db = await Store.CreateDbContextAsync())
        {
            var attempt = db.RuleAttempts.Single();
            (attempt.BaselineDays, attempt.LookbackDays) = (days, 30);
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        Open("Reader", "general");

        Assert.StartsWith(words, string.Join(' ', page.Find(".rule-baseline").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_FilterAndPages_StandInTheAddress()
    {
        await AddRuleAsync();
        foreach (var hour in Enumerable.Range(0, 30))
        {
            await AddWindowAsync(Shipped.Id, Now.AddHours(-hour), WindowStatus.Succeeded, hour == 29 ? AttemptOutcome.Alerted : AttemptOutcome.BelowThreshold, Below);
        }

        Open("Reader", "runs");
        Assert.Equal(25, page.FindAll(".runs tbody tr").Count);
        Assert.Equal("1–25 of 30", page.Find(".pager-total").TextContent);

        Navigation.NavigateTo(page.Find(".pager a[aria-label='Next page']").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".runs tbody tr").Count));
        Navigation.NavigateTo(Shell("&show=alerted"));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".runs tbody tr")));
        Navigation.NavigateTo(Shell("&show=failed"));
        page.WaitForAssertion(() => Assert.Equal("No window fits the filter", page.Find(".state-title").TextContent));
        Assert.Equal(Shell(""), page.Find(".state-actions a").GetAttribute("href"));

        static string Shell(string more) => $"/rules/{Shipped.Id}?tab=runs{more}";
    }

    [Fact]
    public async Task Runs_StoreAway_SaysSoAndTriesAgain()
    {
        await OpenAsync("Reader", "general");
        Gate.Fails = true;
        Navigation.NavigateTo($"/rules/{Shipped.Id}?tab=runs");
        page.WaitForAssertion(() => Assert.Equal("The runs could not be read", page.Find(".state-title").TextContent));

        Gate.Fails = false;
        await page.Find(".state-error button").ClickAsync(new());

        Assert.Equal("No window yet", page.Find(".state-title").TextContent);
    }
}
