using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Web.Features.Administration.Auditing;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Administration;

public sealed class AuditPageTests : PageContext
{
    private static readonly Actor Ann = new("entra:t/ann", "Ann") { Origin = "192.0.2.4", Rights = ActorRights.All };
    private static readonly Guid Rule = new("1c408090-0320-44d5-aba8-e55500c2cfad");

    public AuditPageTests()
    {
        Services.AddSingleton<AuditQueries>();
        Services.AddSingleton<AuditVerifier>();
        Services.AddSingleton<AuditSealer>();
        SignIn("Administrator");
    }

    [Fact]
    public void Page_WhileReading_ShowsTheShapeOfTheList()
    {
        Gate.Close();
        var page = RenderPage<AuditPage>();
        Assert.NotEmpty(page.FindAll(".mud-skeleton"));

        Gate.Open();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-skeleton")));
    }

    [Fact]
    public void Page_EmptyTrail_SaysWhatWillBeHere()
    {
        var page = RenderPage<AuditPage>();

        page.WaitForAssertion(() => Assert.Equal("No entries yet", page.Find(".state-title").TextContent));
        Assert.Contains("0 entries sealed", Said(page), StringComparison.Ordinal);
        Assert.Contains("Not verified yet", Said(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_StoreAway_SaysSoAndReadsAgain()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        Gate.Fails = true;
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Contains("The audit trail could not be read", page.Markup, StringComparison.Ordinal));

        Gate.Fails = false;
        await page.Button("Try again").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Single(Rows(page)));
    }

    [Fact]
    public async Task Page_StoreGoesAway_KeepsTheListAndSaysHowOldItIs()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Single(Rows(page)));

        Gate.Fails = true;
        Time.Advance(TimeSpan.FromMinutes(1));

        page.WaitForAssertion(() => Assert.Contains("could not be refreshed", page.Markup, StringComparison.Ordinal));
        Assert.Single(Rows(page));
    }

    [Fact]
    public async Task Page_Entries_AreNewestFirstWithWhoWhereAndOutcome()
    {
        await WriteAsync(Entry(AuditActions.RuleSave, $"rule:{Rule}"));
        Time.Advance(TimeSpan.FromMinutes(5));
        await WriteAsync(new AuditEntry(Now, Actor.Anonymous with { Origin = "203.0.113.9" }, AuditActions.RequestSend, "GET /api/v1/rules") { Outcome = AuditOutcome.Denied, Attempts = 40 });

        var page = RenderPage<AuditPage>();

        page.WaitForAssertion(() => Assert.Equal(2, Rows(page).Count));
        var rows = Rows(page);
        Assert.Contains("203.0.113.9", rows[0], StringComparison.Ordinal);
        Assert.Contains("Denied, 40 times", rows[0], StringComparison.Ordinal);
        Assert.Contains("Save a rule", rows[1], StringComparison.Ordinal);
        Assert.Contains("192.0.2.4", rows[1], StringComparison.Ordinal);
        Assert.Equal($"/rules/{Rule}", page.Find(".audit-subject a").GetAttribute("href"));
    }

    [Fact]
    public async Task Details_Opened_ShowWhatChangedFieldByField()
    {
        var before = ShippedRules.All[0].Definition;
        await WriteAsync(Entry(AuditActions.RuleSave, $"rule:{Rule}", RuleDefinitionJson.Write(before), RuleDefinitionJson.Write(before with { TriggerThreshold = 9 }), "Version 2: too loud"));
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Single(Rows(page)));
        Assert.Empty(page.FindAll(".audit-entry"));

        await page.Button("Details").ClickAsync(new());

        var cells = page.FindAll(".audit-entry .change-table tbody tr").Single().Children.Select(cell => cell.TextContent.Trim());
        Assert.Equal(["triggerThreshold", "5", "9"], cells);
        Assert.Contains("Version 2: too loud", page.Find(".audit-entry").TextContent, StringComparison.Ordinal);
        Assert.Contains("Not sealed yet", page.Find(".audit-entry").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Button("Hide").GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task Details_HostileText_IsShownAsText()
    {
        var stranger = new Actor("anonymous", "<script>alert(1)</script>") { Origin = "203.0.113.9" };
        await WriteAsync(new AuditEntry(Now, stranger, AuditActions.RequestSend, "GET /\u202Egpj.exe\r\nX: 1", null, """{"name":"<img src=x onerror=alert(1)>","x":"a\u0000b"}""") { Outcome = AuditOutcome.Denied, Detail = "one\ntwo\u0007" });
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Single(Rows(page)));

        await page.Button("Details").ClickAsync(new());

        Assert.Empty(page.FindAll("script, .audit-entry img"));
        Assert.Contains(@"\u202Egpj.exe\u000D\u000AX: 1", page.Markup, StringComparison.Ordinal);
        Assert.Contains(@"a\u0000b", page.Markup, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\\u0007", page.Find(".audit-entry > .audit-value").TextContent);
    }

    [Fact]
    public async Task Chain_SealedAndWaiting_IsCounted()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"), Entry(AuditActions.RuleRun, "rule:2"));
        await SealAsync();
        Time.Advance(TimeSpan.FromMinutes(7));
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:3"));

        var page = RenderPage<AuditPage>();

        page.WaitForAssertion(() => Assert.Contains("2 entries sealed", Said(page), StringComparison.Ordinal));
        Assert.Contains("the last 7 min ago", Said(page), StringComparison.Ordinal);
        Assert.Contains("1 waiting", Said(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Asked_SaysThatTheChainHolds()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        await SealAsync();
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Single(Rows(page)));

        await page.Button("Verify now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("The chain holds", Said(page), StringComparison.Ordinal));
        Assert.Contains("Its end, to be noted elsewhere", page.Find(".chain-card").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Verify_TamperedWith_RaisesTheBanner()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"), Entry(AuditActions.RuleRun, "rule:2"));
        await SealAsync();
        await ExecuteAsync("DELETE FROM AuditEntries WHERE Position = 1");
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Single(Rows(page)));

        await page.Button("Verify now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("The audit chain is broken. The entry at position 1 is missing.", Text(page.Find(".mud-alert[role=alert]").TextContent), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_FaultFoundBefore_ShowsTheBannerAtOnce()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        await ExecuteAsync("UPDATE AuditChainHeads SET Fault = 'Entry 1 at position 1 is not what was sealed: it was altered.'");

        var page = RenderPage<AuditPage>();

        page.WaitForAssertion(() => Assert.Contains("it was altered", page.Find(".mud-alert[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_HeadRemoved_ShowsTheBanner()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        await ExecuteAsync("DELETE FROM AuditChainHeads");

        var page = RenderPage<AuditPage>();

        page.WaitForAssertion(() => Assert.Contains("Its head is gone", page.Find(".mud-alert[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("Contributor")]
    public async Task Verify_RoleLost_IsRefusedAndNoted(string role)
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Single(Rows(page)));

        SignIn(role);
        await page.Button("Verify now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("This needs the role Administrator.", page.Markup, StringComparison.Ordinal));
        Assert.Equal(AuditActions.PageAct, Assert.Single(Services.GetRequiredService<DeniedAttempts>().Take(all: true)).Action);
    }

    [Fact]
    public async Task Page_FilteredAddress_ShowsWhatFitsAndExportsTheSame()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"), Entry(AuditActions.RuleSave, "rule:2"));
        Navigation.NavigateTo("/administration/audit?action=rule.save&outcome=Succeeded&since=PT1H&actor=entra:t%2Fann&text=rule");

        var page = RenderPage<AuditPage>();

        page.WaitForAssertion(() => Assert.Contains("rule:2", Assert.Single(Rows(page)), StringComparison.Ordinal));
        var links = page.FindAll(".page-header-actions a").Select(link => link.GetAttribute("href")).ToList();
        Assert.All(links, link => Assert.EndsWith("?since=PT1H&actor=entra%3At%2Fann&action=rule.save&outcome=Succeeded&text=rule", link, StringComparison.Ordinal));
        Assert.Equal(["/administration/audit.csv", "/administration/audit.ndjson"], links.Select(link => link!.Split('?')[0]));
    }

    [Fact]
    public async Task Page_StoreAwayUnderAnotherFilter_DoesNotPassTheOldListOff()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Single(Rows(page)));
        Gate.Fails = true;

        Navigation.NavigateTo("/administration/audit?outcome=Denied");

        page.WaitForAssertion(() => Assert.Contains("The audit trail could not be read", page.Markup, StringComparison.Ordinal));
        Assert.Empty(Rows(page));
        Gate.Fails = false;
        await page.Button("Try again").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("No entries match these filters", page.Find(".state-title").TextContent));
    }

    [Fact]
    public async Task Page_NothingFits_OffersToClearTheFilters()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        Navigation.NavigateTo("/administration/audit?outcome=Denied");

        var page = RenderPage<AuditPage>();

        page.WaitForAssertion(() => Assert.Equal("No entries match these filters", page.Find(".state-title").TextContent));
        Assert.Equal("/administration/audit", page.Find(".state-actions a").GetAttribute("href"));
    }

    [Fact]
    public async Task Page_AddressNotUnderstood_NamesWhatWasLeftOut()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        Navigation.NavigateTo("/administration/audit?outcome=Maybe&action=rule.fly&from=yesterday");

        var page = RenderPage<AuditPage>();

        page.WaitForAssertion(() => Assert.Single(Rows(page)));
        Assert.Contains("'Maybe' is none of Succeeded, Denied, Failed.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("'rule.fly' is none of", page.Markup, StringComparison.Ordinal);
        Assert.Contains("'yesterday' is not an instant", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_PastTheEnd_LeadsToTheFirst()
    {
        await WriteAsync([.. Enumerable.Range(0, 60).Select(number => Entry(AuditActions.RuleRun, $"rule:{number}"))]);
        Navigation.NavigateTo("/administration/audit?page=3");
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Contains("past the end", page.Markup, StringComparison.Ordinal));

        Navigation.NavigateTo("/administration/audit?page=2");

        page.WaitForAssertion(() => Assert.Equal(10, Rows(page).Count));
        Assert.Contains("51–60 of 60", page.Find(".pager-total").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Typed_IsTheAddress()
    {
        await WriteAsync(Entry(AuditActions.RuleRun, "rule:1"));
        var page = RenderPage<AuditPage>();
        page.WaitForAssertion(() => Assert.Single(Rows(page)));

        await page.Find("input[aria-label='Search the audit trail']").InputAsync(new ChangeEventArgs { Value = " collector " });
        Time.Advance(TimeSpan.FromMilliseconds(400));

        page.WaitForAssertion(() => Assert.EndsWith("/administration/audit?text=collector", Navigation.Uri, StringComparison.Ordinal));
    }

    private static AuditEntry Entry(string action, string subject, string? before = null, string? after = null, string? detail = null) =>
        new(new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc), Ann, action, subject, before, after) { Detail = detail };

    private static string Text(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Said(IRenderedComponent<IComponent> page) => Text(page.Find(".chain-words").TextContent);

    private static List<string> Rows(IRenderedComponent<IComponent> page) => [.. page.FindAll(".audit-table > tbody > tr:not(.audit-details)").Select(row => Text(row.TextContent))];

    private Task WriteAsync(params AuditEntry[] entries) => new AuditRecorder(Store).AppendAsync(entries, CancellationToken.None);

    private Task<int> SealAsync() => Services.GetRequiredService<AuditSealer>().SealAsync(CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var db = await Store.CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
