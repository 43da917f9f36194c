using System.Data;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Spooling;

namespace RulePortal.Data.Intake.Storing;

/// <summary>Writes one batch to SQL Server: a block of rows is read, its new texts are resolved together, then the block is copied.</summary>
internal sealed class SqlServerBatchWriter(PortalDbContext db, TermCache known) : IDisposable
{
    private const int BlockRows = 10_000;
    private const int RememberedTexts = 100_000;
    private const int FirstText = 2;

    private readonly DataTable rows = Table(
        "Connections",
        [
            (nameof(ConnectionRow.Id), typeof(long)), (nameof(ConnectionRow.TimeGenerated), typeof(long)),
            .. StoredColumns.Texts.Concat(StoredColumns.Numbers).Select(column => (StoredColumns.NameOf(column), StoredColumns.TypeOf(column))),
            (nameof(ConnectionRow.Details), typeof(string)),
        ]);

    private readonly DataTable newTerms = Table("#Terms", ("Number", typeof(int)), ("Utf8", typeof(byte[])), ("Text", typeof(string)));
    private readonly Dictionary<byte[], int> found = new(Utf8Comparer.Instance);
    private readonly int[] ids = new int[SpoolWriter.DictionaryCapacity + 1];
    private readonly BatchTotals totals = new();
    private readonly SqlConnection connection = (SqlConnection)db.Database.GetDbConnection();
    private readonly SqlTransaction transaction = (SqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
    private int generation;

    /// <summary>What was not known before, up to a bound.</summary>
    public IReadOnlyDictionary<byte[], int> Found => found;

    public async Task WriteAsync(long batchSeq, SpoolReader spool, CancellationToken cancellationToken)
    {
        await RunAsync(SqlServerSql.CreateTables, cancellationToken);
        var row = 0;
        while (spool.Read() is { } record)
        {
            if (record is not SpoolRecord.Row)
            {
                continue;
            }

            if (generation != spool.Generation)
            {
                // The block's numbers belong to the dictionary that has just ended.
                await FlushAsync(cancellationToken);
                Array.Clear(ids);
                generation = spool.Generation;
            }

            Add(ConnectionRowId.Of(batchSeq, row++), spool);
            if (rows.Rows.Count == BlockRows)
            {
                await FlushAsync(cancellationToken);
            }
        }

        await FlushAsync(cancellationToken);
        await WriteTotalsAsync(cancellationToken);
    }

    public void Dispose()
    {
        rows.Dispose();
        newTerms.Dispose();
    }

    private static DataTable Table(string name, params (string Name, Type Type)[] columns)
    {
        var table = new DataTable(name);
        foreach (var (column, type) in columns)
        {
            table.Columns.Add(column, type);
        }

        return table;
    }

    /// <summary>Adds a row with the spool's numbers in place of ids; <see cref="FlushAsync"/> exchanges them.</summary>
    private void Add(long id, SpoolReader spool)
    {
        var values = new object[rows.Columns.Count];
        values[0] = id;
        values[1] = spool.TimeGenerated;
        var numbers = spool.Texts;
        for (var i = 0; i < numbers.Length; i++)
        {
            values[FirstText + i] = numbers[i];
            if (ids[numbers[i]] == 0)
            {
                Look(numbers[i], spool.Utf8(numbers[i]));
            }
        }

        var next = FirstText + numbers.Length;
        foreach (var (slot, column) in StoredColumns.Numbers.Index())
        {
            values[next++] = spool.Numbers[slot] is { } number ? StoredColumns.ValueOf(column, number) : DBNull.Value;
        }

        values[next] = spool.Details.IsEmpty ? DBNull.Value : Encoding.UTF8.GetString(spool.Details);
        rows.Rows.Add(values);
    }

    private void Look(int number, byte[] utf8)
    {
        if (known.TryGetId(utf8, out var id) || found.TryGetValue(utf8, out id))
        {
            ids[number] = id;
        }
        else
        {
            ids[number] = -1;
            newTerms.Rows.Add(number, utf8, Encoding.UTF8.GetString(utf8));
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await ResolveAsync(cancellationToken);
        foreach (DataRow row in rows.Rows)
        {
            for (var i = FirstText; i < FirstText + StoredColumns.Texts.Count; i++)
            {
                row[i] = ids[(int)row[i]];
            }

            totals.Add(
                (long)row[1],
                (int)row[FirstText + BatchTotals.Computer],
                (int)row[FirstText + BatchTotals.Direction],
                (int)row[FirstText + BatchTotals.RemoteCountry]);
        }

        await CopyAsync(rows, cancellationToken);
    }

    private async Task ResolveAsync(CancellationToken cancellationToken)
    {
        if (newTerms.Rows.Count == 0)
        {
            return;
        }

        var texts = new Dictionary<int, byte[]>(newTerms.Rows.Count);
        foreach (DataRow row in newTerms.Rows)
        {
            texts.Add((int)row[0], (byte[])row[1]);
        }

        await CopyAsync(newTerms, cancellationToken);
        await using var command = Command(SqlServerSql.MergeTerms);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var number = reader.GetInt32(0);
            ids[number] = reader.GetInt32(1);
            if (found.Count < RememberedTexts)
            {
                found[texts[number]] = ids[number];
            }
        }
    }

    private async Task WriteTotalsAsync(CancellationToken cancellationToken)
    {
        using var hours = Table("#Hours", ("HourUtc", typeof(DateTime)), ("Rows", typeof(long)));
        foreach (var (hour, rows) in totals.Hours)
        {
            hours.Rows.Add(BatchTotals.HourUtc(hour), rows);
        }

        using var sources = Table("#Sources", ("ComputerId", typeof(int)), ("FirstUtc", typeof(DateTime)), ("LastUtc", typeof(DateTime)), ("Rows", typeof(long)));
        foreach (var (computerId, source) in totals.Sources)
        {
            sources.Rows.Add(computerId, source.FirstUtc, source.LastUtc, source.Rows);
        }

        using var countries = Table("#Countries", ("DirectionId", typeof(int)), ("RemoteCountryId", typeof(int)));
        foreach (var (directionId, remoteCountryId) in totals.Countries)
        {
            countries.Rows.Add(directionId, remoteCountryId);
        }

        await CopyAsync(hours, cancellationToken);
        await CopyAsync(sources, cancellationToken);
        await CopyAsync(countries, cancellationToken);
        await RunAsync(SqlServerSql.MergeTotals, cancellationToken);
    }

    private async Task CopyAsync(DataTable table, CancellationToken cancellationToken)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, transaction) { DestinationTableName = table.TableName, BulkCopyTimeout = 0 };
        foreach (DataColumn column in table.Columns)
        {
            copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        }

        await copy.WriteToServerAsync(table, cancellationToken);
        table.Clear();
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private SqlCommand Command(string sql) => new(sql, connection, transaction) { CommandTimeout = 0 };
}
