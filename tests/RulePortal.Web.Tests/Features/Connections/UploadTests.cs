using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using RulePortal.Data;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Connections;

public sealed class UploadTests : ConnectionsPageContext
{
    private const string Batches = "Batches, the newest first";
    private const string Switch = "Store the good rows and keep the bad ones with their reasons";

    [Theory]
    [InlineData("Reader")]
    [InlineData("Responder")]
    public void Upload_WithoutTheRole_IsNotOffered(string role)
    {
        SignIn(role);

        Open();

        Assert.Empty(Page.FindAll("input[type=file]"));
        Assert.Contains("Uploading needs the role Contributor.", Card("Bring connections in").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_GoodFile_IsStoredAndShown()
    {
        SignIn("Contributor");
        Open();

        Choose(UploadedFile.Whole(Lines(3)));

        Page.WaitForAssertion(() => Assert.Equal("3 rows stored, in 1 batch.", Answer()));
        Assert.Equal(3, await StoredRowsAsync());
        Page.WaitForAssertion(() => Assert.Single(Rows(Batches)));
        Assert.Contains("flows.ndjson", Rows(Batches)[0][2], StringComparison.Ordinal);
        Assert.Equal("Development Contributor", Rows(Batches)[0][3]);
        Assert.Empty(Page.FindAll(".state-title"));
    }

    [Fact]
    public void Upload_OneRow_IsSaidInTheSingular()
    {
        SignIn("Contributor");
        Open();

        Choose(UploadedFile.Whole(Lines(1)));

        Page.WaitForAssertion(() => Assert.Equal("1 row stored, in 1 batch.", Answer()));
    }

    [Fact]
    public async Task Upload_BadRow_RefusesTheBatchAndNamesRowColumnAndReason()
    {
        SignIn("Contributor");
        Open();

        Choose(UploadedFile.Whole(Line(1) + Line(2, "soon") + Line(3)));

        Page.WaitForAssertion(() => Assert.StartsWith("Rows 1 to 3 are refused: 1 of them cannot be stored.", Answer(), StringComparison.Ordinal));
        Assert.Contains("Nothing of the file is stored.", Answer(), StringComparison.Ordinal);
        Assert.Contains("Row 2: TimeGenerated is not a date: \"soon\". Write ISO 8601", Answer(), StringComparison.Ordinal);
        Assert.DoesNotContain("0 rows stored", Answer(), StringComparison.Ordinal);
        Assert.Equal(0, await StoredRowsAsync());
        Assert.Equal("No connections are stored", Page.Find(".state-title").TextContent);
    }

    [Fact]
    public void Upload_ManyBadRows_NamesTwentyAndCountsTheRest()
    {
        SignIn("Contributor");
        Open();

        Choose(UploadedFile.Whole(string.Concat(Enumerable.Range(1, 25).Select(number => Line(number, "soon")))));

        Page.WaitForAssertion(() => Assert.Contains("Row 20: TimeGenerated", Answer(), StringComparison.Ordinal));
        Assert.DoesNotContain("Row 21:", Answer(), StringComparison.Ordinal);
        Assert.EndsWith("And 5 more rows.", Answer(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_BadRowWithTheSwitch_StoresTheGoodAndKeepsTheBad()
    {
        SignIn("Contributor");
        Open();
        await Page.Find($"label:contains('{Switch}') input").ChangeAsync(new() { Value = true });

        Choose(UploadedFile.Whole(Line(1) + Line(2, "soon") + Line(3)));

        Page.WaitForAssertion(() => Assert.Equal("2 rows stored, 1 was rejected and kept with its reasons, in 1 batch.", Answer()));
        Assert.Equal(2, await StoredRowsAsync());
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("a[href='/connections?batch=1']")));
        Navigation.NavigateTo("/connections?batch=1");
        Page.WaitForAssertion(() => Assert.StartsWith("TimeGenerated is not a date: \"soon\".", Assert.Single(Rows("Rejected rows"))[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_UnderWay_TellsHowFarItIsAndTakesNoOther()
    {
        SignIn("Contributor");
        Open();
        var content = Lines(2);
        var file = new UploadedFile(content);

        Choose(file);

        Page.WaitForAssertion(() => Assert.Contains($"Uploaded: {Half(content)} of {content.Length} bytes", Page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        var bar = Page.Find("[role=progressbar]");
        Assert.Equal("Import", bar.GetAttribute("aria-label"));
        Assert.InRange(double.Parse(bar.GetAttribute("aria-valuenow")!, CultureInfo.InvariantCulture), 49, 50);
        Assert.True(Page.Find("input[type=file]").HasAttribute("disabled"));
        Assert.True(Page.Find($"label:contains('{Switch}') input").HasAttribute("disabled"));
        Gate.Close();
        file.SendRest();
        Page.WaitForAssertion(() => Assert.Contains("Stored: 0 rows", Page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Gate.Open();
        Page.WaitForAssertion(() => Assert.Equal("2 rows stored, in 1 batch.", Answer()));
        Assert.Empty(Page.FindAll("[role=progressbar]"));
        Assert.False(Page.Find("input[type=file]").HasAttribute("disabled"));
        Assert.Equal(2, await StoredRowsAsync());
    }

    [Fact]
    public async Task Upload_Cancelled_SaysSoAndStoresNothing()
    {
        SignIn("Contributor");
        Open();
        Choose(new UploadedFile(Lines(2)));
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("[role=progressbar]")));

        await Page.Button("Cancel").ClickAsync(new());

        Page.WaitForAssertion(() => Assert.StartsWith("Cancelled. What was stored before stays", Answer(), StringComparison.Ordinal));
        Assert.False(Page.Find("input[type=file]").HasAttribute("disabled"));
        Assert.Equal(0, await StoredRowsAsync());
    }

    [Fact]
    public async Task Upload_Again_StoresNothingTwice()
    {
        SignIn("Contributor");
        Open();
        Choose(UploadedFile.Whole(Lines(3)));
        Page.WaitForAssertion(() => Assert.Equal("3 rows stored, in 1 batch.", Answer()));

        Choose(UploadedFile.Whole(Lines(3)));

        Page.WaitForAssertion(() => Assert.Equal("0 rows stored, 3 were stored already, in 1 batch.", Answer()));
        Assert.Equal(3, await StoredRowsAsync());
    }

    [Fact]
    public async Task Upload_FileWithoutRows_SaysSo()
    {
        SignIn("Contributor");
        Open();

        Choose(UploadedFile.Whole("\n"));

        Page.WaitForAssertion(() => Assert.Equal("The file has no rows.", Answer()));
        Assert.Equal(0, await StoredRowsAsync());
    }

    [Fact]
    public async Task Upload_NoConnections_SaysWhatIsExpected()
    {
        SignIn("Contributor");
        Open();

        Choose(UploadedFile.Whole("<html></html>", "page.html"));

        Page.WaitForAssertion(() => Assert.Contains("Nothing of the file is stored.", Answer(), StringComparison.Ordinal));
        Assert.Equal(0, await StoredRowsAsync());
    }

    [Fact]
    public void Upload_TooLarge_NamesTheLimitAndTheOtherWay()
    {
        SignIn("Contributor");
        Open();

        Choose(new UploadedFile("") { Size = (2L << 30) + 1 });

        Page.WaitForAssertion(() => Assert.Equal("The file has 2,147,483,649 bytes; this page takes at most 2,147,483,648. Use the verb import for it.", Answer()));
    }

    [Fact]
    public async Task Upload_RoleLostMeanwhile_StoresNothing()
    {
        SignIn("Contributor");
        Open();
        SignIn("Reader");

        Choose(UploadedFile.Whole(Lines(3)));

        Page.WaitForAssertion(() => Assert.Equal("This needs the role Contributor.", Answer()));
        Assert.Equal(0, await StoredRowsAsync());
    }

    [Fact]
    public async Task Upload_StoreAway_SaysWhatStaysAndComesThroughAgain()
    {
        await StoreAsync(Hourly(1));
        SignIn("Contributor");
        Open();
        Gate.Fails = true;

        Choose(UploadedFile.Whole(Lines(3)));

        Page.WaitForAssertion(() => Assert.StartsWith("The import stopped. What was stored before stays; upload the file again", Answer(), StringComparison.Ordinal));
        Gate.Fails = false;
        Choose(UploadedFile.Whole(Lines(3)));
        Page.WaitForAssertion(() => Assert.Equal("3 rows stored, in 1 batch.", Answer()));
        Assert.Equal(4, await StoredRowsAsync());
    }

    private static int Half(string content) => (content.Length + 1) / 2;

    // The handler runs on: what comes of it is waited for.
    private void Choose(UploadedFile file)
    {
        var input = Page.FindComponent<InputFile>();
        _ = input.InvokeAsync(() => _ = input.Instance.OnChange.InvokeAsync(new InputFileChangeEventArgs([file])));
    }

    private string Answer() => string.Join(' ', Page.Find("section [role=alert]").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
