using System.Globalization;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Detection.Wording;
using RulePortal.EndToEnd.Tests.Hosting;
using RulePortal.Tests.Connections;

namespace RulePortal.EndToEnd.Tests.Faults;

/// <summary>How long a source waits for its batch to be stored while another process removes rows: measured, with a million rows when RULEPORTAL_RETENTION_ROWS says so.</summary>
public sealed class RetentionLatencyTests
{
    private const int Usual = 20_000;

    [Fact]
    public async Task Ingestion_WhileRowsAreRemoved_GoesOn()
    {
        var rows = int.TryParse(Environment.GetEnvironmentVariable("RULEPORTAL_RETENTION_ROWS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Usual;
        using var store = await FaultStore.CreateAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        const int AtOnce = 200_000;
        for (var first = 0; first < rows; first += AtOnce)
        {
            var from = first;
            await store.ImportAsync(Enumerable.Range(0, Math.Min(AtOnce, rows - first)).Select(row => Beacon.Connection(now.AddDays(-80).AddSeconds(-(from + row)), $"Country {row % 200}", row % 60_000)));
        }

        var alone = await StoreAsync(store, "alone", now, () => false, atLeast: 100);
        await using var retention = PortalProcess.Start(store.Directory, "retention");
        var beside = await StoreAsync(store, "beside", now, () => !retention.HasEnded, atLeast: 1);

        Assert.Equal(0, await retention.EndAsync());
        Assert.Equal(rows, await store.CountAsync("SELECT SUM(RemovedRows) FROM ConnectionBatches"));
        Assert.Equal(alone.Count + beside.Count, await store.CountAsync("SELECT COUNT(*) FROM Connections"));
        await store.BeSoundAsync("retention");
        TestContext.Current.TestOutputHelper?.WriteLine($"{rows} rows removed beside ingestion.\n{Words("alone", alone)}\n{Words("beside", beside)}\n{retention.Output}");
    }

    private static async Task<List<double>> StoreAsync(FaultStore store, string name, DateTime now, Func<bool> goesOn, int atLeast)
    {
        using var importer = new ConnectionImporter(store, ConnectionDialect.Sqlite, new TermCache(), TimeProvider.System);
        var took = new List<double>();
        while (took.Count < atLeast || goesOn())
        {
            var started = TimeProvider.System.GetTimestamp();
            var facts = new BatchFacts(BatchOrigin.Api, Actor.System) { Key = $"{name} {took.Count}" };
            var stored = await importer.ImportAsync(facts, new[] { Beacon.Connection(now, "Belarus", took.Count % 60_000) }.ToAsyncEnumerable(), CancellationToken.None);
            Assert.Equal(BatchStatus.Stored, stored.Status);
            took.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        return took;
    }

    private static string Words(string name, List<double> took)
    {
        took.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {took.Count} batches, median {took[took.Count / 2]:0} ms, 99 of 100 within {took[took.Count * 99 / 100]:0} ms, longest {took[^1]:0} ms");
    }
}
