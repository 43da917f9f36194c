using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Connections;

public sealed class BatchesTests : ConnectionsPageContext
{
    private const string Table = "Batches, the newest first";
    private const string Rejected = "Rejected rows";

    [Fact]
    public async Task Batches_Each_TellsWhatCameHowAndFromWhom()
    {
        await StoreAsync(Hourly(2));
        await StoreFileAsync(Lines(3) + Line(4, "soon"));
        SignIn("Reader");

        Open();

        string[] columns = ["Batch", "Received", "Way in", "By", "Rows", "Rejected", "Covers (UTC)"];
        Assert.Equal(
            [
                "2 | just now | Command lineflows.ndjson | Ada | 3 | 1 rejected row of batch 2 | 2026-03-02 11:30 to 2026-03-02 11:30",
                "1 | just now | API | Ada | 2 | 0 | 2026-03-02 10:30 to 2026-03-02 11:30",
            ],
            Page.FindAll($"[aria-label='{Table}'] tbody tr").Select(row => string.Join(" | ", columns.Select(column => Squeezed(row.QuerySelector($"[data-label='{column}']")!.TextContent)))));
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("Responder")]
    public async Task Withdraw_WithoutTheRole_IsNotOffered(string role)
    {
        await StoreAsync(Hourly(1));
        SignIn(role);

        Open();

        Assert.DoesNotContain(Page.FindAll("button"), button => button.TextContent.Contains("Withdraw", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Withdraw_Confirmed_TakesTheRowsOutAndSaysWho()
    {
        await StoreAsync(Hourly(2));
        await StoreAsync(At(Now.AddMinutes(-1), "vm-02"));
        SignIn("Contributor");
        Open();

        await WithdrawAsync(1, "Remove 2 rows");

        Assert.Equal(1, await StoredRowsAsync());
        Assert.Equal("Withdrawn just now by Development Contributor", Rows(Table)[1][7]);
        Assert.Equal("vm-02", Assert.Single(Rows("Machines, the longest silent first"))[0]);
        Assert.Contains("Batch 1 is withdrawn: its 2 rows are gone.", Page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
        Assert.Empty(Page.FindAll("[aria-label='Withdraw batch 1']"));
        Assert.NotNull(Page.Find("[aria-label='Withdraw batch 2']"));
    }

    [Fact]
    public async Task Withdraw_ThoughtBetterOf_KeepsTheRows()
    {
        await StoreAsync(Hourly(2));
        SignIn("Contributor");
        Open();

        await WithdrawAsync(1, "Keep");

        Assert.Equal(2, await StoredRowsAsync());
        Assert.NotNull(Page.Find("[aria-label='Withdraw batch 1']"));
    }

    [Fact]
    public async Task Withdraw_Asked_SaysWhatIsLost()
    {
        await StoreFileAsync(Lines(3) + Line(4, "soon"));
        SignIn("Contributor");
        Open();

        var withdrawing = Page.Find("[aria-label='Withdraw batch 1']").ClickAsync(new());

        var dialog = Page.Find("[role=dialog]");
        Assert.Contains("Withdraw batch 1?", dialog.TextContent, StringComparison.Ordinal);
        Assert.Contains("3 rows and 1 rejected row", dialog.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, await StoredRowsAsync());
        await DialogButton("Keep").ClickAsync(new());
        await withdrawing;
    }

    [Fact]
    public async Task Withdraw_RoleLostMeanwhile_ChangesNothing()
    {
        await StoreAsync(Hourly(2));
        SignIn("Contributor");
        Open();
        SignIn("Reader");

        await WithdrawAsync(1, "Remove 2 rows");

        Assert.Equal(2, await StoredRowsAsync());
        Assert.Contains("Batch 1 was not withdrawn. This needs the role Contributor.", Page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdraw_SomebodyElseDidMeanwhile_SaysWhoAndOverwritesNothing()
    {
        await StoreAsync(Hourly(2));
        SignIn("Contributor");
        Open();
        await Services.GetRequiredService<BatchWithdrawal>().WithdrawAsync(1, Ada, CancellationToken.None);

        await WithdrawAsync(1, "Remove 2 rows");

        Assert.Contains("Batch 1 was withdrawn by Ada meanwhile.", Page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
        Assert.Equal("Withdrawn just now by Ada", Rows(Table)[0][7]);
        Assert.Equal("Ada", (await Services.GetRequiredService<BatchQueries>().FindAsync(1, CancellationToken.None))!.WithdrawnBy);
    }

    [Fact]
    public async Task Withdraw_StoreAway_SaysThatNothingWasWithdrawn()
    {
        await StoreAsync(Hourly(2));
        SignIn("Contributor");
        Open();
        Gate.Fails = true;

        await WithdrawAsync(1, "Remove 2 rows");

        Assert.Contains("Batch 1 was not withdrawn. The portal's log has the details.", Page.Find(".mud-snackbar").TextContent, StringComparison.Ordinal);
        Gate.Fails = false;
        Assert.Equal(2, await StoredRowsAsync());
    }

    [Fact]
    public async Task Rejected_Chosen_ShowsEachRowWithItsReasonsAndStandsInTheAddress()
    {
        await StoreFileAsync(Line(1) + Line(2, "soon") + "{\"TimeGenerated\":\"2026-03-02T11:00:00Z\",\"SourceIp\":\"nowhere\",\"DestinationPort\":\"high\"}\n");
        SignIn("Reader");
        Open();
        var link = Page.Find("a:contains('rejected rows of batch 1')");
        Assert.Equal("/connections?batch=1", link.GetAttribute("href"));
        Assert.Null(link.GetAttribute("aria-current"));

        Navigation.NavigateTo("/connections?batch=1");

        Page.WaitForAssertion(() => Assert.Equal(["2", "3"], Rows(Rejected).Select(row => row[0])));
        Assert.Equal("true", Page.Find("a:contains('rejected rows of batch 1')").GetAttribute("aria-current"));
        Assert.StartsWith("TimeGenerated is not a date: \"soon\".", Rows(Rejected)[0][1], StringComparison.Ordinal);
        Assert.Contains("SourceIp is not an address: \"nowhere\".", Rows(Rejected)[1][1], StringComparison.Ordinal);
        Assert.Contains("DestinationPort is not a whole number: \"high\".", Rows(Rejected)[1][1], StringComparison.Ordinal);
        Assert.Contains("\"DestinationPort\":2}", Rows(Rejected)[0][2], StringComparison.Ordinal);
        Assert.Contains("2 rows.", Card("Rejected rows of batch 1").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["/api/v1/connections/batches/1/rejected?format=csv", "/api/v1/connections/batches/1/rejected?format=ndjson"],
            Card("Rejected rows of batch 1").QuerySelectorAll("a[download]").Select(download => download.GetAttribute("href")));
    }

    [Fact]
    public async Task Rejected_Many_ShowsTheFirstHundredAndSaysSo()
    {
        await StoreFileAsync(string.Concat(Enumerable.Range(1, 120).Select(number => Line(number, "soon"))) + Line(121));
        SignIn("Reader");

        Open("/connections?batch=1");

        Assert.Equal(100, Rows(Rejected).Count);
        Assert.Contains("The first 100 of 120; the downloads have all.", Card("Rejected rows of batch 1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_None_SaysSo()
    {
        await StoreAsync(Hourly(1));
        SignIn("Reader");

        Open("/connections?batch=7");

        Assert.Contains("No rejected rows of this batch are kept.", Card("Rejected rows of batch 7").TextContent, StringComparison.Ordinal);
        Assert.Empty(Card("Rejected rows of batch 7").QuerySelectorAll("a[download]"));
    }

    [Fact]
    public async Task Rejected_BatchWithdrawn_AreGoneFromThePage()
    {
        await StoreFileAsync(Line(1) + Line(2, "soon"));
        SignIn("Contributor");
        Open("/connections?batch=1");
        Assert.Single(Rows(Rejected));

        await WithdrawAsync(1, "Remove 1 row");

        Assert.Contains("No rejected rows of this batch are kept.", Card("Rejected rows of batch 1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_StoreAway_SaysSoAndComesBack()
    {
        await StoreFileAsync(Line(1) + Line(2, "soon"));
        SignIn("Reader");
        Open();
        Gate.Fails = true;

        Navigation.NavigateTo("/connections?batch=1");

        Page.WaitForAssertion(() => Assert.Contains("could not be refreshed", Page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Gate.Fails = false;
        Time.Advance(TimeSpan.FromMinutes(1));
        Page.WaitForAssertion(() => Assert.Single(Rows(Rejected)));
    }

    [Fact]
    public async Task Address_SecondPage_ShowsOlderBatches()
    {
        for (var batch = 0; batch < 21; batch++)
        {
            await StoreAsync(At(Now.AddMinutes(-batch)));
        }

        SignIn("Reader");
        Open("/connections?page=2");

        Assert.Equal("1", Assert.Single(Rows(Table))[0]);
        Assert.Contains("21–21 of 21", Card("Batches").TextContent, StringComparison.Ordinal);
        Assert.Equal("/connections", Page.Find("nav[aria-label='Pages of batches'] a[aria-label='Previous page']").GetAttribute("href"));
    }

    [Fact]
    public async Task File_VeryLongName_IsCutInTheMiddleAndWholeElsewhere()
    {
        var name = new string('a', 50) + new string('b', 50) + ".ndjson";
        await StoreFileAsync(Line(1), name);
        SignIn("Reader");

        Open();

        var shown = Page.Find("[data-label='Way in'] bdi");
        Assert.Matches("^a+…b+.ndjson$", shown.TextContent);
        Assert.Equal(name, shown.GetAttribute("title"));
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private AngleSharp.Dom.IElement DialogButton(string text) => Page.FindAll("[role=dialog] button").Single(button => button.TextContent.Trim() == text);

    private async Task WithdrawAsync(long batch, string answer)
    {
        // The click is over when the dialog is answered and the batch is out.
        var withdrawing = Page.Find($"[aria-label='Withdraw batch {batch}']").ClickAsync(new());
        await DialogButton(answer).ClickAsync(new());
        await withdrawing;
    }
}
