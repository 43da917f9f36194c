using AngleSharp.Dom;
using Bunit;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Kit;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>Gaps and the dialog Backfill on the tab Runs. It is Monday, 2 March 2026, noon.</summary>
public sealed class BackfillDialogTests : RulePageContext
{
    private IRenderedComponent<Harness<RulePage>> page = null!;

    [Fact]
    public async Task Gaps_EachState_StandInATable()
    {
        await OpenAsync("Reader", async id =>
        {
            await AddWindowAsync(id, Now, WindowStatus.Succeeded, AttemptOutcome.BelowThreshold, "3 result rows");
            await AddWindowAsync(id, Now.AddHours(-1), WindowStatus.Due, null, "");
            await AddWindowAsync(id, Now.AddHours(-2), WindowStatus.Skipped, null, "Skipped");
            await using var db = await Store.CreateDbContextAsync();
            db.RuleGaps.Add(new RuleGap { RuleId = id, StartUtc = Now.AddHours(-3), EndUtc = Now, NoticedUtc = Now, Cause = GapCause.Missed, ActorName = "System" });
            db.RuleGaps.Add(new RuleGap { RuleId = id, StartUtc = Now.AddHours(-2), EndUtc = Now.AddHours(-1), NoticedUtc = Now, Cause = GapCause.Requested, ActorName = "Ada" });
            await db.SaveChangesAsync();
        });

        var rows = page.FindAll(".gaps tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.StartsWith("2026-03-02 10:00 to 2026-03-02 11:00 Unfilled Backfill by Ada", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("2026-03-02 09:00 to 2026-03-02 12:00 Filling Missed: nothing evaluated rules", rows[1], StringComparison.Ordinal);
        Assert.EndsWith("1 0 1 1", rows[1], StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Backfill", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backfill_PreviewThenStart_MakesTheWindowsDue()
    {
        await OpenAsync("Contributor");
        var over = page.Button("Backfill").ClickAsync(new());
        Assert.True(DialogButton("Backfill").HasAttribute("disabled"));

        await page.Field("From").ChangeAsync(new() { Value = "2026-03-02T08:00" });
        await page.Field("To").ChangeAsync(new() { Value = "2026-03-02T10:30" });
        await DialogButton("Preview").ClickAsync(new());
        Assert.Contains("3 windows to evaluate, 2026-03-02 08:00 to 2026-03-02 11:00", page.Find(".backfill-preview").TextContent, StringComparison.Ordinal);
        Assert.Contains("3 that the rule never had", page.Find(".backfill-preview").TextContent, StringComparison.Ordinal);
        await DialogButton("Backfill 3 windows").ClickAsync(new());
        await over;

        Assert.Equal(["Due", "Due", "Due"], page.FindAll(".runs .tone").Select(tone => tone.TextContent));
        Assert.Equal("Unfilled", page.Find(".gaps .tone").TextContent);
    }

    [Theory]
    [InlineData("2026-03-02T10:00", "2026-03-02T09:00", "The end must be after the beginning.")]
    [InlineData("", "2026-03-02T09:00", "Give both the beginning and the end.")]
    [InlineData("2025-03-02T10:00", "2026-03-02T09:00", "more than 2,000 windows")]
    public async Task Backfill_SpanThatIsNone_IsSaidInTheDialog(string from, string to, string words)
    {
        await OpenAsync("Contributor");
        _ = page.Button("Backfill").ClickAsync(new());
        await page.Field("From").ChangeAsync(new() { Value = from });
        await page.Field("To").ChangeAsync(new() { Value = to });

        await DialogButton("Preview").ClickAsync(new());

        Assert.Contains(words, page.Find(".dialog-fault").TextContent, StringComparison.Ordinal);
        Assert.True(DialogButton("Backfill").HasAttribute("disabled"));
    }

    private IElement DialogButton(string text) => page.FindAll(".mud-dialog button").Single(button => button.TextContent.Trim() == text);

    private async Task OpenAsync(string role, Func<Guid, Task>? prepare = null)
    {
        var id = await AddRuleAsync();
        if (prepare is not null)
        {
            await prepare(id);
        }

        SignIn(role);
        Navigation.NavigateTo(RulePortal.Web.Kit.PortalUrls.RuleRuns(id));
        page = RenderPage<RulePage>((nameof(RulePage.Id), id));
    }
}
