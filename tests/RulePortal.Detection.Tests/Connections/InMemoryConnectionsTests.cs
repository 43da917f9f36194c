using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Tests.Connections;

public sealed class InMemoryConnectionsTests
{
    private static readonly DateTime Noon = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);
    private static readonly ConnectionTuple Curl = new("curl", "10.0.0.4", "203.0.113.9", "Alfa");

    [Fact]
    public async Task SeenInAsync_RowsOnTheEdges_RangesAreHalfOpen()
    {
        var history = Of(Row(0), Row(59), Row(60), Row(-1), Row(-30), Row(-31));

        var countries = await history.SeenInAsync("outbound", Minutes(0, 60), Minutes(-30, 0), 100, default);

        Assert.Equal([new CountryRows("Alfa", 2)], countries);
    }

    [Fact]
    public async Task SeenInAsync_MoreRowsThanTheCap_CountsToTheCap()
    {
        var history = Of(Row(0), Row(-1), Row(-2), Row(-3));

        Assert.Equal([new CountryRows("Alfa", 2)], await history.SeenInAsync("outbound", Minutes(0, 60), Minutes(-30, 0), 2, default));
        Assert.Equal([new CountryRows("Alfa", 3)], await history.SeenInAsync("outbound", Minutes(0, 60), Minutes(-30, 0), 3, default));
    }

    [Fact]
    public async Task SeenInAsync_OtherDirectionEmptyCountryOrQuietWindow_AreLeftOut()
    {
        var history = Of(
            Row(0) with { Direction = "inbound" }, Row(0) with { RemoteCountry = "" }, Row(-1) with { RemoteCountry = "Bravo" });

        Assert.Empty(await history.SeenInAsync("outbound", Minutes(0, 60), Minutes(-30, 0), 5, default));
        Assert.Empty(await history.SeenInAsync("Outbound", Minutes(0, 60), Minutes(-30, 0), 5, default));
    }

    [Fact]
    public async Task RowsAsync_OneCountry_GivesItsRowsInsideTheRange()
    {
        var history = Of(Row(0), Row(0) with { RemoteCountry = "Bravo" }, Row(60), Row(59));

        Assert.Equal([Row(0), Row(59)], await history.RowsAsync("outbound", "Alfa", Minutes(0, 60), withDetails: false, default));
        Assert.Empty(await history.RowsAsync("inbound", "Alfa", Minutes(0, 60), withDetails: false, default));
        Assert.Empty(await history.RowsAsync("outbound", "Charlie", Minutes(0, 60), withDetails: false, default));
    }

    [Fact]
    public async Task TupleRowsAsync_SomeTuples_AnswersForEachUpToTheCap()
    {
        var unseen = Curl with { ProcessName = "CURL" };
        var history = Of(Row(-30), Row(-2), Row(-1), Row(0), Row(-1) with { ProcessName = "ssh" });

        var rows = await history.TupleRowsAsync("outbound", [Curl, unseen], Minutes(-30, 0), 2, default);

        Assert.Equal(new Dictionary<ConnectionTuple, long> { [Curl] = 2, [unseen] = 0 }, rows);
        Assert.Equal(3, (await history.TupleRowsAsync("outbound", [Curl], Minutes(-30, 0), 100, default))[Curl]);
    }

    [Fact]
    public async Task FirstSeenAsync_SeenBeforeAndAt_GivesTheEarliestStrictlyBefore()
    {
        var history = Of(Row(0), Row(-5), Row(-9), Row(0) with { ProcessName = "ssh" });

        var seen = await history.FirstSeenAsync("outbound", [Curl, Curl with { ProcessName = "ssh" }], Noon, default);

        Assert.Equal(new Dictionary<ConnectionTuple, DateTime> { [Curl] = Noon.AddMinutes(-9) }, seen);
    }

    [Fact]
    public async Task OldestAsync_AnyRow_CountsWhateverItsDirectionAndCountry()
    {
        Assert.Equal(Noon.AddMinutes(-7), await Of(Row(0), Row(-7) with { Direction = "", RemoteCountry = "" }).OldestAsync(default));
        Assert.Null(await Of().OldestAsync(default));
    }

    [Theory]
    [InlineData(-10, -5, false)]
    [InlineData(-5, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(-1, 1, true)]
    [InlineData(1, 60, false)]
    public async Task AnyAsync_OneRowAtNoon_IsHalfOpen(int start, int end, bool any) =>
        Assert.Equal(any, await Of(Row(0) with { RemoteCountry = "" }).AnyAsync(Minutes(start, end), default));

    [Fact]
    public async Task EveryQuestion_Cancelled_Throws()
    {
        var history = Of(Row(0));
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAsync<OperationCanceledException>(() => history.SeenInAsync("outbound", default, default, 1, cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => history.RowsAsync("outbound", "Alfa", default, withDetails: false, cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(() => history.TupleRowsAsync("outbound", [], default, 1, cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(() => history.FirstSeenAsync("outbound", [], default, cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(() => history.OldestAsync(cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(() => history.AnyAsync(default, cancelled));
    }

    [Fact]
    public void MaxBatchSeq_Given_IsKept() => Assert.Equal(7, new InMemoryConnections([], 7).MaxBatchSeq);

    private static InMemoryConnections Of(params VmConnection[] rows) => new(rows);

    private static TimeRange Minutes(int start, int end) => new(Noon.AddMinutes(start), Noon.AddMinutes(end));

    private static VmConnection Row(int minute) => new()
    {
        TimeGenerated = Noon.AddMinutes(minute),
        Direction = "outbound",
        ProcessName = "curl",
        SourceIp = "10.0.0.4",
        DestinationIp = "203.0.113.9",
        RemoteCountry = "Alfa",
    };
}
