using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareOutboundConnection;

namespace RulePortal.Detection.Tests.Detectors.RareOutboundConnection;

public sealed class DetectorTests
{
    [Fact]
    public async Task DetectAsync_CommonCountry_IsNotReadBeyondItsCount()
    {
        var history = new CountingHistory([.. Rows(0, 3), .. Rows(120, 1_000)]);

        Assert.Empty(await DetectAsync(history));
        Assert.Equal((1, 0, 0, 0, 0), (history.Countries, history.Rows, history.Tuples, history.FirstSeen, history.Oldest));
        Assert.Equal(6, history.CountryCap);
    }

    [Fact]
    public async Task DetectAsync_EveryTupleKnown_AsksNothingForAnExplanation()
    {
        var history = new CountingHistory([.. Rows(0, 1), .. Rows(120, 4)]);

        Assert.Empty(await DetectAsync(history, """{"tupleThreshold":3}"""));
        Assert.Equal((1, 1, 1, 0, 0), (history.Countries, history.Rows, history.Tuples, history.FirstSeen, history.Oldest));
        Assert.Equal(4, history.TupleCap);
    }

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public async Task DetectAsync_InstantNotUtc_Throws(DateTimeKind kind)
    {
        var context = new DetectionContext(DateTime.SpecifyKind(Scenario.Midnight, kind), "{}", TimeSpan.FromHours(1), TimeSpan.FromDays(30));

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => new RareOutboundConnectionDetector().DetectAsync(context, new InMemoryConnectionHistory([]), default));

        Assert.StartsWith("The instant to evaluate must be UTC.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DetectAsync_BeginningOfTime_LooksBackNoFurther()
    {
        var context = new DetectionContext(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc).AddMinutes(1), "{}", TimeSpan.FromHours(1), TimeSpan.FromDays(30));

        Assert.Empty(await new RareOutboundConnectionDetector().DetectAsync(context, new InMemoryConnectionHistory(Rows(0, 1)), default));
    }

    [Fact]
    public async Task DetectAsync_CancelledBetweenCountries_Stops()
    {
        using var source = new CancellationTokenSource();
        var history = new CountingHistory([.. Rows(0, 1), .. Rows(0, 1).Select(row => row with { RemoteCountry = "Bravo" })]) { OnRows = source.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DetectAsync(history, "{}", source.Token));
        Assert.Equal(1, history.Rows);
    }

    [Fact]
    public async Task DetectAsync_FaultySettings_ThrowsWithTheirFaults() => Assert.Contains(
        "There is no setting 'x'",
        (await Assert.ThrowsAsync<ArgumentException>(() => DetectAsync(new CountingHistory([]), """{"x":1}"""))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Catalog_OfKinds_FindsOrdinallyAndRefusesTwins()
    {
        var detector = new RareOutboundConnectionDetector();

        Assert.Same(detector, new DetectorCatalog([detector]).Find("RareOutboundConnectionByProcess"));
        Assert.Null(DetectorCatalog.Shipped.Find("rareoutboundconnectionbyprocess"));
        Assert.Equal(["RareOutboundConnectionByProcess"], DetectorCatalog.Shipped.All.Select(shipped => shipped.Kind));
        Assert.Throws<ArgumentException>(() => new DetectorCatalog([detector, detector]));
    }

    private static IEnumerable<VmConnection> Rows(int minutesAgo, int times) =>
        Enumerable.Repeat(Scenario.Row with { TimeGenerated = Scenario.Midnight.AddMinutes(-minutesAgo - 1) }, times);

    private static Task<IReadOnlyList<Finding>> DetectAsync(IConnectionHistory history, string settings = "{}", CancellationToken cancellationToken = default) =>
        new RareOutboundConnectionDetector().DetectAsync(new DetectionContext(Scenario.Midnight, settings, TimeSpan.FromHours(1), TimeSpan.FromDays(30)), history, cancellationToken);

    /// <summary>Counts the questions: the detector's promise is that it asks few.</summary>
    private sealed class CountingHistory(IReadOnlyList<VmConnection> rows) : IConnectionHistory
    {
        private readonly InMemoryConnectionHistory inner = new(rows);

        public Action? OnRows { get; init; }

        public int Countries { get; private set; }

        public int Rows { get; private set; }

        public int Tuples { get; private set; }

        public int FirstSeen { get; private set; }

        public int Oldest { get; private set; }

        public long CountryCap { get; private set; }

        public long TupleCap { get; private set; }

        public long MaxBatchSeq => inner.MaxBatchSeq;

        public Task<IReadOnlyList<CountryRows>> CountriesAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken)
        {
            Countries++;
            CountryCap = cap;
            return inner.CountriesAsync(direction, window, lookback, cap, cancellationToken);
        }

        public async Task<IReadOnlyList<VmConnection>> RowsAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken)
        {
            Rows++;
            var result = await inner.RowsAsync(direction, country, range, cancellationToken);
            OnRows?.Invoke();
            return result;
        }

        // A store may finish the question in hand before it notices a cancellation.
        public Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(string direction, IReadOnlyCollection<ConnectionTuple> tuples, TimeRange range, long cap, CancellationToken cancellationToken)
        {
            Tuples++;
            TupleCap = cap;
            return inner.TupleRowsAsync(direction, tuples, range, cap, CancellationToken.None);
        }

        public Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken)
        {
            FirstSeen++;
            return inner.FirstSeenAsync(direction, tuples, beforeUtc, CancellationToken.None);
        }

        public Task<DateTime?> OldestAsync(CancellationToken cancellationToken)
        {
            Oldest++;
            return inner.OldestAsync(CancellationToken.None);
        }

        public Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken) => inner.AnyAsync(range, cancellationToken);
    }
}
