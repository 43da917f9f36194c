using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Web.Features.Maintenance;
using RulePortal.Web.Security;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Maintenance;

public sealed class RetentionPageTests : PageContext
{
    public RetentionPageTests()
    {
        Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake().AddSingleton<RetentionSweep>();
        Services.AddSingleton(Options.Create(new RetentionSettings { Connections = TimeSpan.FromDays(60) }));
        SignIn("Administrator");
    }

    [Fact]
    public async Task Page_RowsPastTheirTime_SaysHowManyGoAndWhatWent()
    {
        await using (var db = await Store.CreateDbContextAsync(Xunit.TestContext.Current.CancellationToken))
        {
            db.ConnectionHours.Add(new ConnectionHour { HourUtc = Now.Date.AddDays(-70), Rows = 1234 });
            db.RetentionMarks.Add(new RetentionMark { Part = nameof(RetentionPart.Runs), KeptFromUtc = Now.AddDays(-180), RemovedRows = 77, DoneUtc = Now.AddHours(-9) });
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        var page = RenderPage<RetentionPage>();

        page.WaitForAssertion(() => Assert.Equal("1,234 rows would go now", page.Find(".page-header-subtitle").TextContent));
        string[] Cells(string part) => [.. page.FindAll("tbody tr").Single(row => row.TextContent.Contains(part, StringComparison.Ordinal)).QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())];
        Assert.Equal(["60 d", "1,234"], Cells("Connections")[1..3]);
        Assert.Equal("0", Cells("Windows and runs")[2]);
        Assert.Equal("77", Cells("Windows and runs")[5]);
        Assert.Equal("not yet", Cells("Sessions")[6]);
    }

    [Fact]
    public void Page_StoreNotReadable_SaysSoAndTriesAgain()
    {
        Gate.Fails = true;
        var page = RenderPage<RetentionPage>();
        page.WaitForAssertion(() => Assert.Contains("What would go could not be counted", page.Markup, StringComparison.Ordinal));

        Gate.Fails = false;
        page.Button("Try again").Click();

        page.WaitForAssertion(() => Assert.Equal("Nothing is past its time", page.Find(".page-header-subtitle").TextContent));
    }
}
