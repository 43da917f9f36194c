using System.Globalization;
using CsCheck;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Tests.Connections;

public abstract class ConnectionSnapshotTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly DateTime Start = new(2026, 1, 30, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Directions = ["outbound", "inbound", "Outbound", "outbound ", ""];
    private static readonly string[] Countries = ["Alfa", "alfa", "Alfa ", "Bravo", "Côte d'Ivoire", ""];
    private static readonly string[] Processes = ["curl", "CURL", ""];
    private static readonly string[] Sources = ["10.0.0.4", "10.0.0.5", ""];
    private static readonly string[] Destinations = ["203.0.113.9", "2001:db8::1", ""];

    private static readonly Gen<VmConnection> Row = Gen.Select(
        Gen.Int[0, 40], OneOf(Directions), OneOf(Countries), OneOf(Processes), OneOf(Sources), OneOf(Destinations), Gen.Long.Nullable(),
        (tick, direction, country, process, source, destination, sent) => new VmConnection
        {
            TimeGenerated = Start.AddTicks(tick),
            Computer = "vm-01",
            Direction = direction,
            RemoteCountry = country,
            ProcessName = process,
            SourceIp = source,
            DestinationIp = destination,
            DestinationPort = tick % 3 == 0 ? null : tick,
            Protocol = "tcp",
            BytesSent = sent,
        });

    private static readonly Gen<TimeRange> Range = Gen.Select(Gen.Int[-2, 45], Gen.Int[0, 30], (start, length) => new TimeRange(Start.AddTicks(start), Start.AddTicks(start + length)));

    private static readonly Gen<Question> Questions = Gen.Select(
        OneOf(Directions), OneOf(Countries), Range, Range, Gen.Long[0, 6],
        Gen.Select(OneOf(Processes), OneOf(Sources), OneOf(Destinations)).Array[0, 4],
        (direction, country, window, lookback, cap, tuples) => new Question(direction, country, window, lookback, cap, [.. tuples.Distinct().Select(tuple => new ConnectionTuple(tuple.Item1, tuple.Item2, tuple.Item3, country))]));

    [Fact]
    public async Task EveryQuestion_OverRandomRows_IsAnsweredAsInMemory()
    {
        var stored = new List<VmConnection>();
        var batches = 0;
        await Gen.Select(Row.Array[0, 30], Questions.Array[1, 8]).SampleAsync(
            async (rows, questions) =>
            {
                // Rows pile up: the later samples ask many batches.
                await Store.Importer.ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = $"k{batches++}" }, rows.ToAsyncEnumerable(), default);
                stored.AddRange(rows);
                var expected = new InMemoryConnections(stored);
                await using var actual = await Store.Snapshots.OpenAsync(default);
                foreach (var question in questions)
                {
                    Assert.Equal(await question.AskAsync(expected), await question.AskAsync(actual));
                }

                Assert.Equal(await expected.OldestAsync(default), await actual.OldestAsync(default));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Scan_TuplesOfACountry_HaveANumberEach()
    {
        await ImportAsync("a", Minute(0) with { ProcessName = "curl" }, Minute(1) with { ProcessName = "ssh" }, Minute(2) with { ProcessName = "curl" }, Minute(3) with { ProcessName = "CURL" });

        await using var history = await Store.Snapshots.OpenAsync(default);
        var rows = await history.ScanAsync("outbound", "Alfa", new TimeRange(Start, Start.AddHours(1)), 10, default);

        Assert.Equal(rows[0].Tuple, rows[2].Tuple);
        Assert.Equal(3, rows.Select(row => row.Tuple).Distinct().Count());
    }

    [Fact]
    public async Task Open_UpToABatch_SeesNothingLater()
    {
        await ImportAsync("a", Minute(0));
        await ImportAsync("b", Minute(-5), Minute(1));

        await using var first = await Store.Snapshots.OpenAsync(1, default);
        await using var all = await Store.Snapshots.OpenAsync(default);

        Assert.Equal((1, 2), (first.MaxBatchSeq, all.MaxBatchSeq));
        var range = new TimeRange(Start.AddMinutes(-10), Start.AddMinutes(10));
        Assert.Single(await first.RowsAsync("outbound", "Alfa", range, withDetails: false, default));
        Assert.Equal(3, (await all.RowsAsync("outbound", "Alfa", range, withDetails: false, default)).Count);
        Assert.Equal(Start, await first.OldestAsync(default));
        Assert.Null(await first.NthLatestAsync("outbound", "Alfa", range, 2, default));
        Assert.Single(await first.ScanAsync("outbound", "Alfa", range, 10, default));
        Assert.Equal(new SeenRow(Start, "outbound", "Alfa"), await first.LatestAsync(range, default));
        Assert.False(await first.AnyAsync(new TimeRange(Start.AddMinutes(1), Start.AddMinutes(2)), default));
    }

    [Fact]
    public async Task Open_ThenABatchIsStored_TheReadStaysAsItWas()
    {
        await ImportAsync("a", Minute(0));
        await using var history = await Store.Snapshots.OpenAsync(default);

        await ImportAsync("b", Minute(1));

        Assert.Single(await history.RowsAsync("outbound", "Alfa", new TimeRange(Start, Start.AddHours(1)), withDetails: false, default));
    }

    [Fact]
    public async Task Open_EmptyStore_AnswersNothing()
    {
        await using var history = await Store.Snapshots.OpenAsync(default);
        var range = new TimeRange(Start, Start.AddHours(1));
        var tuple = new ConnectionTuple("a", "b", "c", "d");

        Assert.Equal(0, history.MaxBatchSeq);
        Assert.Empty(await history.SeenInAsync("outbound", range, range, 5, default));
        Assert.Empty(await history.RowsAsync("outbound", "d", range, withDetails: false, default));
        Assert.Equal(0, (await history.TupleRowsAsync("outbound", [tuple], range, 5, default))[tuple]);
        Assert.Empty(await history.FirstSeenAsync("outbound", [tuple], Start, default));
        Assert.Null(await history.OldestAsync(default));
        Assert.Empty(await history.AllAsync("outbound", default));
        Assert.Null(await history.NthLatestAsync("outbound", "d", range, 1, default));
        Assert.Equal(0, await history.CountAsync("outbound", "d", range, 5, default));
        Assert.Empty(await history.ScanAsync("outbound", "d", range, 5, default));
        Assert.Null(await history.LatestAsync(range, default));
        Assert.False(await history.AnyAsync(range, default));
    }

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(place => texts[place]);

    private static VmConnection Minute(int minute) => new() { TimeGenerated = Start.AddMinutes(minute), Direction = "outbound", RemoteCountry = "Alfa" };

    private Task<BatchResult> ImportAsync(string key, params VmConnection[] rows) =>
        Store.Importer.ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = key }, rows.ToAsyncEnumerable(), default);

    private sealed record Question(string Direction, string Country, TimeRange Window, TimeRange Lookback, long Cap, IReadOnlyList<ConnectionTuple> Tuples)
    {
        /// <summary>All answers as one text, whatever their order.</summary>
        public async Task<string> AskAsync<T>(T history)
            where T : IConnections, ICountryIndex => string.Join('\n', new[]
        {
            Sorted(await history.SeenInAsync(Direction, Window, Lookback, Cap, default)),
            Country.Length == 0 ? "" : Sorted(await history.RowsAsync(Direction, Country, Window, withDetails: false, default)),
            Country.Length == 0 || Tuples.Count == 0 ? "" : Sorted(await history.TupleRowsAsync(Direction, Tuples, Lookback, Cap, default)),
            Country.Length == 0 || Tuples.Count == 0 ? "" : Sorted((await history.FirstSeenAsync(Direction, Tuples, Lookback.EndUtc, default)).Select(seen => (seen.Key, seen.Value.Ticks))),
            (await history.AnyAsync(Window, default)).ToString(),
            string.Join(' ', await history.AllAsync(Direction, default)),
            Country.Length == 0 ? "" : string.Join(' ', (await history.NthLatestAsync(Direction, Country, Window, (int)Cap + 1, default))?.Ticks),
            Country.Length == 0 ? "" : $"{await history.CountAsync(Direction, Country, Window, Cap, default)}",
            Country.Length == 0 ? "" : Walk(await history.ScanAsync(Direction, Country, Window, (int)Cap + 1, default)),
            (await history.LatestAsync(Lookback, default))?.TimeGenerated.Ticks.ToString(CultureInfo.InvariantCulture) ?? "none",
        });

        // Rows of one instant come in any order, and a read may end among them: the times are what must agree.
        private static string Walk(IReadOnlyList<ScannedRow> rows) => string.Join(' ', rows.Select(row => row.TimeGenerated.Ticks));

        private static string Sorted<T>(IEnumerable<T> values) => string.Join(' ', values.Select(value => value!.ToString()).Order(StringComparer.Ordinal));
    }
}

public sealed class SqliteConnectionHistoryTests() : ConnectionSnapshotTests(StoreKind.Sqlite);

public sealed class SqlServerConnectionHistoryTests() : ConnectionSnapshotTests(StoreKind.SqlServer);
