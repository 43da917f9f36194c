using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Tests.Connections;

/// <summary>Machines that fall silent, each measured by what is expected of it.</summary>
public abstract class SourceWatchTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly SourceExpectation Hourly = new(TimeSpan.FromHours(1));

    private SourceWatch Watch => new(Store, Hourly, Store.Clock);

    private DateTime Now => Store.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task SilenceAsync_Nothing_IsNoSilence() =>
        Assert.Equal(new SourceSilence(0, 0, null, null), await Watch.SilenceAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task SilenceAsync_EachIntervalOfItsOwn_CountsWhatIsLate()
    {
        await ReportAsync(("fresh", 60), ("stale", 61), ("slow", 300), ("slower", 420), ("retired", 9000), ("quick", 3));
        await ExpectAsync("slow", TimeSpan.FromHours(6));
        await ExpectAsync("slower", TimeSpan.FromHours(6));
        await ExpectAsync("retired", TimeSpan.Zero);
        await ExpectAsync("quick", TimeSpan.FromMinutes(2));

        var silence = await Watch.SilenceAsync(TestContext.Current.CancellationToken);
        var page = await new VolumeQueries(Store, Hourly, Store.Clock).SourcesAsync(0, 10, TestContext.Current.CancellationToken);

        Assert.Equal(new SourceSilence(6, 3, Now.AddMinutes(-3), Now.AddMinutes(-420)), silence);
        Assert.Equal(["slower", "stale", "quick"], page.Items.Where(source => source.IsSilent).Select(source => source.Computer));
        Assert.Equal(["retired", "slower", "slow", "stale", "fresh", "quick"], page.Items.Select(source => source.Computer));
        Assert.Equal((null, true), (page.Items[0].Expected, page.Items[0].IsOwn));
        Assert.Equal((Hourly.Default, false), (page.Items[3].Expected, page.Items[3].IsOwn));
    }

    [Fact]
    public async Task ExpectAsync_BackToTheDefault_OnceMore_AndUnknownNames()
    {
        await ReportAsync(("slow", 300));
        await ExpectAsync("slow", TimeSpan.FromHours(6));
        await ExpectAsync("slow", TimeSpan.FromHours(6));
        Assert.Equal(0, (await Watch.SilenceAsync(TestContext.Current.CancellationToken)).Silent);
        await ExpectAsync("slow", null);

        Assert.Equal(1, (await Watch.SilenceAsync(TestContext.Current.CancellationToken)).Silent);
        Assert.False(await Watch.ExpectAsync("SLOW", null, TestStore.Ada, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Watch.ExpectAsync("slow", TimeSpan.FromDays(31), TestStore.Ada, TestContext.Current.CancellationToken));
        await using var db = Store.CreateDbContext();
        Assert.Equal(2, await db.AuditEntries.CountAsync(e => e.Action == AuditActions.SourceExpect, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Store_NextBatch_KeepsTheInterval()
    {
        await ReportAsync(("slow", 300));
        await ExpectAsync("slow", TimeSpan.FromHours(6));

        await ReportAsync(("slow", 200));

        await using var db = Store.CreateDbContext();
        Assert.Equal((21600, 2), await db.ConnectionSources.Select(s => new ValueTuple<int?, long>(s.ExpectedSeconds, s.Rows)).SingleAsync(TestContext.Current.CancellationToken));
    }

    private async Task ExpectAsync(string computer, TimeSpan? expected) =>
        Assert.True(await Watch.ExpectAsync(computer, expected, TestStore.Ada, TestContext.Current.CancellationToken));

    private async Task ReportAsync(params (string Computer, int MinutesAgo)[] rows)
    {
        var records = rows.Select(row => new VmConnection { TimeGenerated = Now.AddMinutes(-row.MinutesAgo), Direction = "outbound", Computer = row.Computer });
        await Store.Importer.ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = Guid.NewGuid().ToString("N") }, records.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
    }
}

public sealed class SourceWatchOnSqliteTests() : SourceWatchTests(StoreKind.Sqlite);

public sealed class SourceWatchOnSqlServerTests() : SourceWatchTests(StoreKind.SqlServer);
