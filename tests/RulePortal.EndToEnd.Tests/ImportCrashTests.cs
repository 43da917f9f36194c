using System.Globalization;
using System.IO.Compression;
using Microsoft.Data.Sqlite;
using RulePortal.EndToEnd.Tests.Hosting;

namespace RulePortal.EndToEnd.Tests;

/// <summary>kill -9 in the middle of an import: every batch is whole or not there, and repeating the import completes it.</summary>
public sealed class ImportCrashTests : IDisposable
{
    private const int Rows = 200_000;
    private const int BatchRows = 5_000;

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-import-crash-").FullName;

    [Fact]
    public async Task KilledWhileImporting_RepeatedUntilDone_NothingIsLostOrDoubled()
    {
        var file = await WriteFileAsync();
        string[] import = ["import", file, "--batch-rows", BatchRows.ToString(CultureInfo.InvariantCulture)];
        var seen = new List<long>();
        for (var kill = 1; kill <= 4; kill++)
        {
            await using var verb = PortalProcess.Start(directory, import);
            await UntilAsync(() => StoredRows() >= kill * Rows / 8, verb);
            await verb.KillAsync();
            seen.Add(StoredRows());
            Assert.Equal(seen[^1], SumOfBatches());
        }

        Assert.True(seen[^1] < Rows, "The import was over before it was killed: the file is too small.");
        var (exit, output) = await PortalProcess.RunAsync(directory, import);

        Assert.True(exit == 0, output);
        Assert.Equal(Rows, StoredRows());
        Assert.Equal(Rows, SumOfBatches());
        Assert.Equal(Rows, Query("SELECT COUNT(DISTINCT BytesSent) FROM Connections"));
        Assert.Equal(Rows / BatchRows, Query("SELECT COUNT(*) FROM ConnectionBatches"));
        Assert.Equal(Rows, Query("SELECT SUM(Rows) FROM ConnectionHours"));
        TestContext.Current.TestOutputHelper?.WriteLine($"Killed with {string.Join(", ", seen)} of {Rows} rows stored.");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Rows that differ in the bytes sent alone, so that a lost or doubled one shows.</summary>
    private async Task<string> WriteFileAsync()
    {
        var file = Path.Combine(directory, "connections.ndjson.gz");
        await using var packed = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        await using var writer = new StreamWriter(packed);
        for (var row = 0; row < Rows; row++)
        {
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"TimeGenerated":"2026-01-{{1 + (row % 28):00}}T{{row % 24:00}}:00:00Z","Computer":"vm-01","Direction":"outbound","ProcessName":"nc","SourceIp":"10.0.0.4","DestinationIp":"203.0.113.10","DestinationPort":443,"BytesSent":{{row}},"RemoteCountry":"Belarus"}"""));
        }

        return file;
    }

    private static async Task UntilAsync(Func<bool> condition, PortalProcess verb)
    {
        for (var tick = 0; !condition(); tick++)
        {
            Assert.True(tick < 6_000, $"After 60 s the import had not come that far:\n{verb.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private long StoredRows() => Query("SELECT COUNT(*) FROM Connections");

    private long SumOfBatches() => Query("SELECT COALESCE(SUM(RowCount), 0) FROM ConnectionBatches");

    private long Query(string sql)
    {
        var file = Path.Combine(directory, "portal.db");
        if (!File.Exists(file))
        {
            return 0;
        }

        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException e) when (e.Message.Contains("no such table", StringComparison.Ordinal))
        {
            return 0;
        }
    }
}
