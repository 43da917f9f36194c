using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Connections;

public abstract class FileImporterTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly FileImportOptions Options = new(BatchOrigin.CommandLine, TestStore.Ada) { FileName = "file.ndjson", BatchRows = 10 };

    [Fact]
    public async Task Import_LongFile_IsCutIntoBatches()
    {
        var result = await ImportAsync(Lines(0, 25), Options);

        Assert.Equal(FileImportOutcome.Done, result.Outcome);
        Assert.Equal(new FileImportProgress(3, 10, 25, 0, 0, 25), result.Progress);
        Assert.Equal("25 rows stored, in 3 batches.", result.Summary);
        Assert.Equal([10, 10, 5], await BatchesAsync());
    }

    [Fact]
    public async Task Import_ExactlyFullBatches_MakesNoEmptyOne()
    {
        await ImportAsync(Lines(0, 20), Options);

        Assert.Equal([10, 10], await BatchesAsync());
    }

    [Fact]
    public async Task Import_Again_StoresNothingTwice()
    {
        await ImportAsync(Lines(0, 25), Options);

        var again = await ImportAsync(Lines(0, 25), Options);

        Assert.Equal((FileImportOutcome.Done, 0, 25), (again.Outcome, again.Progress.Stored, again.Progress.AlreadyStored));
        Assert.Equal(25, await RowsAsync());
    }

    [Fact]
    public async Task Import_AgainWithOtherBatchSize_IsCutAsBefore()
    {
        await ImportAsync(Lines(0, 25), Options);

        var again = await ImportAsync(Lines(0, 25), Options with { BatchRows = 7 });

        Assert.Equal((10, 25), (again.Progress.BatchRows, again.Progress.AlreadyStored));
        Assert.Equal(25, await RowsAsync());
    }

    [Fact]
    public async Task Import_InterruptedAndRepeated_IsCompleted()
    {
        using var stop = new CancellationTokenSource();
        var afterTheFirst = new Told(_ => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Importer.ImportAsync(Content(Lines(0, 1_000)), Options, afterTheFirst, stop.Token));
        var stored = await RowsAsync();
        Assert.InRange(stored, 10, 990);

        var result = await ImportAsync(Lines(0, 1_000), Options);

        Assert.Equal((1_000 - stored, stored), (result.Progress.Stored, result.Progress.AlreadyStored));
        Assert.Equal(1_000, await RowsAsync());
    }

    [Fact]
    public async Task Import_BadRow_StopsAtItsBatchAndSaysWhatIsStored()
    {
        var result = await ImportAsync(Lines(0, 14) + "{\"x\":1}\n" + Lines(15, 30), Options);

        Assert.Equal(FileImportOutcome.Refused, result.Outcome);
        Assert.Equal((10, 10), (result.Progress.Stored, result.Progress.LastRow));
        Assert.Equal((15, 1), (Assert.Single(result.BadRows).Row, result.BadRowCount));
        Assert.Equal("Rows 11 to 20 are refused: 1 of them cannot be stored.", result.Reason);
        Assert.Equal(10, await RowsAsync());
    }

    [Fact]
    public async Task Import_BadRowMended_IsCompletedByRepeating()
    {
        // The file's beginning tells it again, so this one must be longer than what is looked at.
        var first = Lines(0, 10_000, padding: 200);
        await ImportAsync(first + "{}\n", Options with { BatchRows = 5_000 });

        var result = await ImportAsync(first + Lines(10_000, 10_001), Options with { BatchRows = 5_000 });

        Assert.Equal((FileImportOutcome.Done, 1, 10_000), (result.Outcome, result.Progress.Stored, result.Progress.AlreadyStored));
    }

    [Fact]
    public async Task Import_FileThatHasGrown_IsRecognisedInsteadOfStoredTwice()
    {
        var first = Lines(0, 10_001, padding: 200);
        await ImportAsync(first, Options with { BatchRows = 5_000 });

        var result = await ImportAsync(first + Lines(10_001, 10_005), Options with { BatchRows = 5_000 });

        Assert.Equal((FileImportOutcome.Changed, 10_000), (result.Outcome, result.Progress.AlreadyStored));
        Assert.StartsWith("The file has changed since it was imported: batch 3 holds 1 rows from row 10,001 on", result.Reason, StringComparison.Ordinal);
        Assert.Equal(10_001, await RowsAsync());
    }

    [Fact]
    public async Task Import_SkipBadRows_StoresTheGood()
    {
        var result = await ImportAsync(Lines(0, 5) + "{}\n" + Lines(6, 20), Options with { SkipBadRows = true });

        Assert.Equal("19 rows stored, 1 was rejected and kept with its reasons, in 2 batches.", result.Summary);
    }

    [Fact]
    public async Task Import_ContentThatBreaksOff_KeepsTheBatchesBefore()
    {
        var array = "[" + string.Join(',', Lines(0, 25).TrimEnd().Split('\n'));

        var result = await ImportAsync(array, Options);

        Assert.Equal((FileImportOutcome.Unreadable, 20L), (result.Outcome, result.Progress.Stored));
        Assert.NotEmpty(result.Reason);
    }

    [Fact]
    public async Task Import_NothingInIt_IsDoneWithNothing() =>
        Assert.Equal((FileImportOutcome.Done, 0), ((await ImportAsync("", Options)) is { } result ? (result.Outcome, result.Progress.Batches) : default));

    private FileImporter Importer => new(Store.Importer, Store, Store.Clock);

    private static string Lines(int from, int to, int padding = 0) => string.Concat(Enumerable.Range(from, to - from).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"TimeGenerated\":\"2026-01-30T23:00:00Z\",\"BytesSent\":{i},\"x\":\"{new string('x', padding)}\"}}\n")));

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task<FileImportResult> ImportAsync(string text, FileImportOptions options) => Importer.ImportAsync(Content(text), options, progress: null, default);

    private async Task<int> RowsAsync()
    {
        await using var db = Store.CreateDbContext();
        return await db.Connections.CountAsync();
    }

    private async Task<List<int>> BatchesAsync()
    {
        await using var db = Store.CreateDbContext();
        return await db.ConnectionBatches.OrderBy(batch => batch.Seq).Select(batch => batch.RowCount).ToListAsync();
    }

    private sealed class Told(Action<FileImportProgress> tell) : IProgress<FileImportProgress>
    {
        public void Report(FileImportProgress value) => tell(value);
    }
}

public sealed class SqliteFileImporterTests() : FileImporterTests(StoreKind.Sqlite);

public sealed class SqlServerFileImporterTests() : FileImporterTests(StoreKind.SqlServer);
