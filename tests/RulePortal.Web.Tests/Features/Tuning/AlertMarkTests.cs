using Bunit;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Tests.Features.RuleRuns;

namespace RulePortal.Web.Tests.Features.Tuning;

/// <summary>An alert's rows and entities, marked in the window that raised it.</summary>
public sealed class AlertMarkTests : TuningPageContext
{
    private static string Window => $"{Address}?to=2026-03-02T12:00:00Z&window=2026-03-02T12:00:00Z";

    [Fact]
    public async Task Mark_AlertOfTheWindow_ComesFirstAndSaysSoInWords()
    {
        await PlantDaysAsync();
        var alert = await AddAsync(rows: 2);

        var page = await OpenAsync($"{Window}&alert={alert}");

        page.WaitForAssertion(() => Assert.Contains("Marked: alert 1. Process: nc. Country: Belarus.", Words(page.Find(".tuning-mark")), StringComparison.Ordinal));
        var decided = Rows(page, "What was decided in the window");
        Assert.Equal(("Belarus", "2 of its 6 rows are of this alert"), (decided[0][0], decided[0][3]));
        Assert.Equal(("United States", "nothing of it"), (decided[1][0], decided[1][3]));
        var rows = Rows(page, "Rows of what is marked");
        Assert.Equal(["Alert 1", "Alert 1", "", "", "", ""], rows.Select(row => row[0]));
        Assert.Equal(("nc", "nc (of the alert)"), (rows[0][1], rows[2][1]));
        Assert.Equal("result", rows[0][6]);
    }

    [Fact]
    public async Task Mark_Dropped_LeavesTheWindow()
    {
        await PlantDaysAsync();
        var page = await OpenAsync($"{Window}&alert={await AddAsync(rows: 2)}");
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".tuning-mark")));

        Navigation.NavigateTo(page.FindAll(".tuning-mark a")[1].GetAttribute("href")!);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".tuning-mark")));
        Assert.Equal(5, Rows(page, "What was decided in the window")[0].Count);
        Assert.DoesNotContain("alert=", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_InAnotherWindow_KnowsTheEntitiesByName()
    {
        await PlantDaysAsync();
        var alert = await AddAsync(rows: 1, hoursAgo: 5);

        var page = await OpenAsync($"{Window}&alert={alert}");

        page.WaitForAssertion(() => Assert.Equal("shares process nc, country Belarus", Rows(page, "What was decided in the window")[0][3]));
    }

    [Theory]
    [InlineData("77", "There is no alert 77, so nothing is marked.")]
    [InlineData("nc", "'nc' is not a number.")]
    public async Task Mark_NoSuchAlert_IsSaid(string id, string words)
    {
        await PlantDaysAsync();

        var page = await OpenAsync($"{Window}&alert={id}");

        page.WaitForAssertion(() => Assert.Contains(words, page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".tuning-mark"));
    }

    [Fact]
    public async Task Mark_AlertOfAnotherRule_IsSaid()
    {
        await PlantDaysAsync();
        var alert = await Store.RaiseAsync(new AlertSeed { RuleId = Guid.NewGuid() });

        var page = await OpenAsync($"{Window}&alert={alert.Id}");

        page.WaitForAssertion(() => Assert.Contains($"Alert {alert.Id} is of another rule, so nothing is marked.", page.Markup, StringComparison.Ordinal));
    }

    private async Task<long> AddAsync(int rows, int hoursAgo = 0)
    {
        var alert = await Store.RaiseAsync(new AlertSeed
        {
            RuleId = Shipped.Id,
            WindowEndUtc = Now.AddHours(-hoursAgo),
            Entities = [new(EntityType.Process, "nc"), new(EntityType.Country, "Belarus")],
            Rows = 0,
        });
        await using var db = await Store.CreateDbContextAsync();
        var occurrence = await db.Occurrences.SingleAsync(each => each.AlertId == alert.Id);
        foreach (var port in Enumerable.Range(1, rows))
        {
            var key = GroupKeys.Hash(ConnectionGroupKey.Of(RunsFixture.Connection(Now, "nc", "Belarus", port)).Values);
            occurrence.Evidence.Add(new EvidenceRow { Ordinal = port - 1, GroupKey = key, Subject = "{}", Columns = "{}", Explanation = "{}" });
        }

        await db.SaveChangesAsync();
        return alert.Id;
    }
}
