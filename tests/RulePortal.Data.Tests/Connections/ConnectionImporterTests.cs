using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Connections;

public abstract class ConnectionImporterTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly BatchFacts Facts = new(BatchOrigin.Api, TestStore.Ada) { Key = "k" };

    [Fact]
    public async Task Store_GoodRows_AreAllThereWithBatchHoursSourcesAndCountries()
    {
        var result = await ImportAsync(Facts with { FileName = "a.ndjson" }, Line(1), Line(2, "\"Computer\":\"vm-02\""), Line(70));

        Assert.Equal(new BatchResult(BatchStatus.Stored, 1, 3, 0, []), result with { FirstBadRows = [] });
        await using var db = Store.CreateDbContext();
        Assert.Equal([ConnectionRowId.Of(1, 0), ConnectionRowId.Of(1, 1), ConnectionRowId.Of(1, 2)], await db.Connections.OrderBy(row => row.Id).Select(row => row.Id).ToListAsync());
        var batch = await db.ConnectionBatches.SingleAsync();
        Assert.Equal(("k", 3, 0, BatchOrigin.Api, "Ada", "a.ndjson"), (batch.Key, batch.RowCount, batch.RejectedCount, batch.Origin, batch.ActorName, batch.FileName));
        Assert.Equal((Minute(1), Minute(70), Store.Clock.GetUtcNow().UtcDateTime), (batch.OldestUtc, batch.NewestUtc, batch.ReceivedUtc));
        Assert.Equal([(Minute(0), 2L), (Minute(60), 1L)], (await db.ConnectionHours.OrderBy(hour => hour.HourUtc).ToListAsync()).Select(hour => (hour.HourUtc, hour.Rows)));
        Assert.Equal(["vm-01: 2", "vm-02: 1"], await Sources(db));
        Assert.Equal(1, await db.ConnectionCountries.CountAsync());
    }

    [Fact]
    public async Task Store_SecondBatch_AddsToHoursAndSources()
    {
        await ImportAsync(Facts, Line(10));
        await ImportAsync(Facts with { Key = "l" }, Line(5), Line(20));

        await using var db = Store.CreateDbContext();
        Assert.Equal(3, (await db.ConnectionHours.SingleAsync()).Rows);
        var source = await db.ConnectionSources.SingleAsync();
        Assert.Equal((Minute(5), Minute(20), 3L), (source.FirstUtc, source.LastUtc, source.Rows));
        Assert.Equal([1L, 2L], await db.ConnectionBatches.OrderBy(batch => batch.Seq).Select(batch => batch.Seq).ToListAsync());
    }

    [Fact]
    public async Task Store_SameKeySameContent_IsAlreadyStoredAndChangesNothing()
    {
        await ImportAsync(Facts, Line(1), Line(2));

        var again = await ImportAsync(Facts, Line(1), Line(2));

        Assert.Equal((BatchStatus.AlreadyStored, 1L, 2), (again.Status, again.Seq, again.Stored));
        Assert.Equal(2, await RowsAsync());
    }

    [Fact]
    public async Task Store_SameKeyOtherContent_IsAConflictAndChangesNothing()
    {
        await ImportAsync(Facts, Line(1));

        var other = await ImportAsync(Facts, Line(2));

        Assert.Equal((BatchStatus.Conflict, 1L), (other.Status, other.Seq));
        Assert.Equal(1, await RowsAsync());
    }

    [Fact]
    public async Task Store_WithoutKey_TakesTheContentsHash()
    {
        await ImportAsync(Facts with { Key = null }, Line(1));

        Assert.Equal(BatchStatus.AlreadyStored, (await ImportAsync(Facts with { Key = null }, Line(1))).Status);
        Assert.Equal(BatchStatus.Stored, (await ImportAsync(Facts with { Key = null }, Line(2))).Status);
    }

    [Fact]
    public async Task Store_EqualRecords_CountTwice()
    {
        await ImportAsync(Facts, Line(1), Line(1));
        await ImportAsync(Facts with { Key = "l" }, Line(1));

        Assert.Equal(3, await RowsAsync());
    }

    [Fact]
    public async Task Store_BadRow_RefusesAllAndDoesNotBurnTheKey()
    {
        var refused = await ImportAsync(Facts, Line(1), "{}");

        Assert.Equal((BatchStatus.Refused, 1), (refused.Status, refused.Rejected));
        Assert.Equal(2, Assert.Single(refused.FirstBadRows).Row);
        Assert.Equal(0, await RowsAsync());
        Assert.Equal(BatchStatus.Stored, (await ImportAsync(Facts, Line(1))).Status);
    }

    [Fact]
    public async Task Store_BadRowsSkipped_KeepsThemWithReasons()
    {
        var result = await ImportAsync(Facts with { SkipBadRows = true }, Line(1), "{\"x\":1}", Line(2), "nonsense");

        Assert.Equal((BatchStatus.Stored, 2, 2), (result.Status, result.Stored, result.Rejected));
        var page = await new BatchQueries(Store).RejectedAsync(1, 0, 10, default);
        Assert.Equal([(2L, "{\"x\":1}"), (4L, "nonsense")], page.Items.Select(row => (row.RowNumber, row.Raw)));
        Assert.Contains("TimeGenerated", page.Items[0].Faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_ManyBadRows_ReportsTwentyAndCountsAll()
    {
        var result = await ImportAsync(Facts, [.. Enumerable.Repeat("{}", 30)]);

        Assert.Equal((30, 20), (result.Rejected, result.FirstBadRows.Count));
    }

    [Fact]
    public async Task Store_NoRows_IsEmptyAndTakesNoNumber()
    {
        Assert.Equal(BatchStatus.Empty, (await ImportAsync(Facts)).Status);
        Assert.Equal(1, (await ImportAsync(Facts, Line(1))).Seq);
    }

    [Fact]
    public async Task Store_TextsThatDifferInCaseOrBlanks_StayApart()
    {
        await ImportAsync(Facts, Line(1, "\"ProcessName\":\"Curl\""), Line(1, "\"ProcessName\":\"curl\""), Line(1, "\"ProcessName\":\"curl \""), Line(1, "\"ProcessName\":\"cürl\""));

        await using var db = Store.CreateDbContext();
        Assert.Equal(4, await db.Connections.Select(row => row.ProcessNameId).Distinct().CountAsync());
    }

    [Fact]
    public async Task Import_Records_AreStoredAsTheyAre()
    {
        var record = new VmConnection
        {
            TimeGenerated = Minute(3).AddTicks(1), Computer = "vm-01", Direction = "outbound", ProcessName = "curl", SourceIp = "10.0.0.4", DestinationIp = "2001:DB8::1",
            DestinationPort = 443, Protocol = "tcp", RemoteIp = "2001:db8::1", RemoteCountry = "Côte d'Ivoire", MaliciousIp = "", BytesSent = long.MinValue, BytesReceived = null,
            LinksEstablished = long.MaxValue, Details = "{\"Machine\":\"m-1\"}",
        };

        await Store.Importer.ImportAsync(Facts, new[] { record }.ToAsyncEnumerable(), default);

        await using (ConnectionSnapshot history = await Store.Snapshots.OpenAsync(default))
        {
            var rows = await history.RowsAsync("outbound", "Côte d'Ivoire", new TimeRange(Minute(0), Minute(60)), withDetails: false, default);
            Assert.Equal(record with { DestinationIp = "2001:db8::1", Details = null }, Assert.Single(rows));
        }

        await using var db = Store.CreateDbContext();
        Assert.Equal(record.Details, (await db.Connections.SingleAsync()).Details);
        Assert.Equal(BatchStatus.AlreadyStored, (await Store.Importer.ImportAsync(Facts, new[] { record }.ToAsyncEnumerable(), default)).Status);
    }

    [Fact]
    public async Task View_OfARecordWithEveryColumn_GivesEachUnderItsName()
    {
        var values = ConnectionColumns.All.ToDictionary(column => column.Name, Sample);
        await ImportAsync(Facts, JsonSerializer.Serialize(values));

        await using var db = Store.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT * FROM [VMConnection]";
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal([.. ConnectionColumns.All.Select(column => column.Name), "Details", "BatchSeq"], Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        Assert.All(
            ConnectionColumns.All.Where(column => column.Type is not ColumnType.Time),
            (column, index) => Assert.Equal(Convert.ToString(values[column.Name], CultureInfo.InvariantCulture), Convert.ToString(reader[column.Name], CultureInfo.InvariantCulture)));
        Assert.Equal(1L, Convert.ToInt64(reader["BatchSeq"], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task View_OfARecordWithoutMore_GivesEmptyTextsAndNoNumbers()
    {
        await ImportAsync(Facts, "{\"TimeGenerated\":\"2026-01-30T00:01:00Z\"}");

        await using var db = Store.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT * FROM [VMConnection]";
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.All(ConnectionColumns.All.Where(column => column.IsText), column => Assert.Equal("", reader[column.Name]));
        Assert.All(ConnectionColumns.All.Where(column => column.IsNumber), column => Assert.Equal(DBNull.Value, reader[column.Name]));
    }

    [Fact]
    public async Task Import_RecordWithHalfASurrogatePair_IsRefused()
    {
        var record = new VmConnection { TimeGenerated = Minute(1), ProcessName = "a\uD800" };

        var result = await Store.Importer.ImportAsync(Facts, new[] { record }.ToAsyncEnumerable(), default);

        Assert.Equal("ProcessName", Assert.Single(Assert.Single(result.FirstBadRows).Faults).Column);
    }

    [Fact]
    public async Task Store_ManyAtOnce_NumbersThemWithoutGapOrDouble()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => ImportAsync(Facts with { Key = $"k{i / 2}" }, Line(i / 2))));

        Assert.Equal(6, results.Count(result => result.Status is BatchStatus.Stored));
        Assert.Equal(6, results.Count(result => result.Status is BatchStatus.AlreadyStored));
        Assert.Equal([1L, 2, 3, 4, 5, 6], results.Where(result => result.Status is BatchStatus.Stored).Select(result => result.Seq!.Value).Order());
        Assert.Equal(6, await RowsAsync());
    }

    [Fact]
    public async Task Withdraw_OneOfTwo_TakesItsRowsHoursAndSourcesAndWritesWhoDidIt()
    {
        await ImportAsync(Facts, Line(1), Line(90, "\"Computer\":\"vm-02\""));
        await ImportAsync(Facts with { Key = "l", SkipBadRows = true }, Line(0), Line(30), Line(200, "\"Computer\":\"vm-03\""), "{}");
        Store.Clock.Advance(TimeSpan.FromHours(1));

        var result = await Withdrawal.WithdrawAsync(2, TestStore.Ada, default);

        Assert.Equal(WithdrawalOutcome.Withdrawn, result.Outcome);
        await using var db = Store.CreateDbContext();
        Assert.Equal(2, await db.Connections.CountAsync());
        Assert.Equal(0, await db.RejectedRows.CountAsync());
        Assert.Equal([(Minute(0), 1L), (Minute(60), 1L)], (await db.ConnectionHours.OrderBy(hour => hour.HourUtc).ToListAsync()).Select(hour => (hour.HourUtc, hour.Rows)));
        Assert.Equal(["vm-01: 1", "vm-02: 1"], await Sources(db));
        var first = await db.ConnectionSources.OrderBy(source => source.LastUtc).FirstAsync();
        Assert.Equal((Minute(1), Minute(1)), (first.FirstUtc, first.LastUtc));
        var entry = await db.AuditEntries.SingleAsync(e => e.Action == AuditActions.BatchWithdraw);
        Assert.Equal(("batch:2", TestStore.Ada.Id), (entry.Subject, entry.ActorId));
        Assert.Equal("Ada", (await db.ConnectionBatches.SingleAsync(batch => batch.Seq == 2)).WithdrawnBy);
    }

    [Fact]
    public async Task Withdraw_Twice_ChangesNothingTheSecondTime()
    {
        await ImportAsync(Facts, Line(1));
        await Withdrawal.WithdrawAsync(1, TestStore.Ada, default);

        Assert.Equal(WithdrawalOutcome.AlreadyWithdrawn, (await Withdrawal.WithdrawAsync(1, TestStore.Ada, default)).Outcome);
        Assert.Equal(WithdrawalOutcome.NotFound, (await Withdrawal.WithdrawAsync(2, TestStore.Ada, default)).Outcome);
    }

    [Fact]
    public async Task Withdraw_ThenStoreAgain_TheKeyIsFree()
    {
        await ImportAsync(Facts, Line(1));
        await Withdrawal.WithdrawAsync(1, TestStore.Ada, default);

        var again = await ImportAsync(Facts, Line(1));

        Assert.Equal((BatchStatus.Stored, 2L), (again.Status, again.Seq));
        Assert.Equal(1, await RowsAsync());
    }

    private BatchWithdrawal Withdrawal => new(Store, Store.Dialect, Store.Clock);

    private static DateTime Minute(int minute) => new DateTime(2026, 1, 30, 12, 0, 0, DateTimeKind.Utc).AddMinutes(minute);

    private static string Line(int minute, string? more = null) =>
        $$"""{"TimeGenerated":"{{Minute(minute):yyyy-MM-ddTHH:mm:ss}}Z","Direction":"outbound","RemoteCountry":"Alfa"{{(more?.Contains("Computer", StringComparison.Ordinal) is true ? "" : ",\"Computer\":\"vm-01\"")}}{{(more is null ? "" : "," + more)}}}""";

    private static object Sample(ConnectionColumn column) => column.Type switch
    {
        ColumnType.Time => "2026-01-30T00:01:00Z",
        ColumnType.Text => $"a {column.Name}"[..Math.Min(column.MaxLength, column.Name.Length + 2)],
        ColumnType.Address => $"10.0.0.{column.Ordinal}",
        ColumnType.Whole => 100 + column.Ordinal,
        _ => 0.5 + column.Ordinal,
    };

    private static async Task<List<string>> Sources(PortalDbContext db) =>
        [.. (await db.ConnectionSources.Join(db.ConnectionTerms, source => source.ComputerId, term => term.Id, (source, term) => new { term.Text, source.Rows }).ToListAsync()).Select(source => $"{source.Text}: {source.Rows}").Order(StringComparer.Ordinal)];

    private Task<BatchResult> ImportAsync(BatchFacts facts, params string[] lines) =>
        Store.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), facts);

    private async Task<int> RowsAsync()
    {
        await using var db = Store.CreateDbContext();
        return await db.Connections.CountAsync();
    }
}

public sealed class SqliteConnectionImporterTests() : ConnectionImporterTests(StoreKind.Sqlite);

public sealed class SqlServerConnectionImporterTests() : ConnectionImporterTests(StoreKind.SqlServer);
