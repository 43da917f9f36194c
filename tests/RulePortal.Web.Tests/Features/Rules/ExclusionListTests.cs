using Bunit;
using RulePortal.Data.Ledger;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Web.Features.Rules.Tabs;
using RulePortal.Web.Security;

namespace RulePortal.Web.Tests.Features.Rules;

public sealed class ExclusionListTests : RulePageContext
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task List_Opened_NamesRowsCountryWindowAndAlert()
    {
        var id = await AddRuleAsync();
        await AddWindowAsync(id, Noon, WindowStatus.Succeeded, AttemptOutcome.BelowThreshold, "Nothing.");
        await using (var db = await Store.CreateDbContextAsync(Xunit.TestContext.Current.CancellationToken))
        {
            db.AttemptExclusions.AddRange(Exclusion(0, 12, "Belarus", 3), Exclusion(1, 15, "Chile", ExcludedRows.MostCounted));
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        SignIn("Reader");
        var list = RenderPage<ExclusionList>((nameof(ExclusionList.AttemptId), 1L), (nameof(ExclusionList.Count), 2), (nameof(ExclusionList.IsCut), true));
        Assert.Contains("Excluded from the baseline: 2 spans of alerts, and there were more alerts than are excluded", list.Find("summary").TextContent, StringComparison.Ordinal);

        await list.Find("details").TriggerEventAsync("ontoggle", EventArgs.Empty);

        var items = list.FindAll("li").Select(item => string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal("3 rows of Belarus from 2026-03-02 07:00:00 UTC to 2026-03-02 08:00:00 UTC, alert #12", items[0]);
        Assert.StartsWith("at least 1,000 rows of Chile", items[1], StringComparison.Ordinal);
        Assert.Equal("/alerts/12", list.Find("li a").GetAttribute("href"));
    }

    private static AttemptExclusion Exclusion(int ordinal, long alert, string country, int rows) =>
        new() { AttemptId = 1, Ordinal = ordinal, AlertId = alert, Subject = Subject.Of("RemoteCountry", country).Key, StartUtc = Noon.AddHours(-5), EndUtc = Noon.AddHours(-4), Rows = rows };
}
