using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Spooling;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Storing;

/// <summary>Writes one batch to SQLite: prepared statements, one row each.</summary>
internal static class SqliteBatchWriter
{
    private const int CancellationInterval = 4096;

    // With SQLite's own 2 MiB the pages of the indexes are written and read again many times over in one batch.
    private const string LargeCache = "PRAGMA cache_size = -65536";

    private const string UsualCache = "PRAGMA cache_size = -2000";

    private static readonly string Insert = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO "Connections" ({string.Join(", ", StoredColumns.TableColumns.Select(name => $"\"{name}\""))})
        VALUES ({string.Join(", ", Enumerable.Range(1, StoredColumns.TableColumns.Count).Select(number => $"?{number}"))})
        """);

    /// <returns>Ids that were looked up or made, to be remembered once they are committed.</returns>
    public static IReadOnlyDictionary<byte[], int> Write(PortalDbContext db, long batchSeq, SpoolReader spool, TermCache terms, CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        using var dictionary = new SqliteTerms(connection, terms);
        var totals = new BatchTotals();
        Run(connection, LargeCache);
        try
        {
            WriteRows(connection, batchSeq, spool, dictionary, totals, cancellationToken);
            WriteTotals(connection, totals);
            return dictionary.Found;
        }
        finally
        {
            Run(connection, UsualCache);
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void WriteRows(
        SqliteConnection connection, long batchSeq, SpoolReader spool, SqliteTerms dictionary, BatchTotals totals, CancellationToken cancellationToken)
    {
        using var insert = new SqliteStatement(connection, Insert);
        Span<int> ids = stackalloc int[StoredColumns.Texts.Count];
        Span<bool> areReal = [.. StoredColumns.Numbers.Select(column => column.Type is ColumnType.Real)];
        var row = 0;
        while (spool.Read() is { } record)
        {
            if (record is not SpoolRecord.Row)
            {
                continue;
            }

            dictionary.Resolve(spool, ids);
            insert.Bind(1, ConnectionRowId.Of(batchSeq, row)).Bind(2, spool.TimeGenerated);
            var next = 3;
            foreach (var id in ids)
            {
                insert.Bind(next++, id);
            }

            for (var slot = 0; slot < areReal.Length; slot++)
            {
                _ = areReal[slot] ? insert.BindReal(next++, spool.Numbers[slot]) : insert.Bind(next++, spool.Numbers[slot]);
            }

            _ = spool.Details.IsEmpty ? insert.BindNull(next) : insert.BindText(next, spool.Details);
            insert.Run();
            totals.Add(spool.TimeGenerated, ids[BatchTotals.Computer], ids[BatchTotals.Direction], ids[BatchTotals.RemoteCountry]);
            if (++row % CancellationInterval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static void WriteTotals(SqliteConnection connection, BatchTotals totals)
    {
        using var hours = new SqliteStatement(connection, """
            INSERT INTO "ConnectionHours" ("HourUtc", "Rows") VALUES (?1, ?2) ON CONFLICT ("HourUtc") DO UPDATE SET "Rows" = "Rows" + excluded."Rows"
            """);
        foreach (var (hour, rows) in totals.Hours)
        {
            hours.BindText(1, Instant(BatchTotals.HourUtc(hour))).Bind(2, rows).Run();
        }

        using var sources = new SqliteStatement(connection, """
            INSERT INTO "ConnectionSources" ("ComputerId", "FirstUtc", "LastUtc", "Rows") VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT ("ComputerId") DO UPDATE SET "FirstUtc" = min("FirstUtc", excluded."FirstUtc"), "LastUtc" = max("LastUtc", excluded."LastUtc"),
                "Rows" = "Rows" + excluded."Rows"
            """);
        foreach (var (computerId, source) in totals.Sources)
        {
            sources.Bind(1, computerId).BindText(2, Instant(source.FirstUtc)).BindText(3, Instant(source.LastUtc)).Bind(4, source.Rows).Run();
        }

        using var countries = new SqliteStatement(connection, """
            INSERT INTO "ConnectionCountries" ("DirectionId", "RemoteCountryId") VALUES (?1, ?2) ON CONFLICT DO NOTHING
            """);
        foreach (var (directionId, remoteCountryId) in totals.Countries)
        {
            countries.Bind(1, directionId).Bind(2, remoteCountryId).Run();
        }
    }

    /// <summary>An instant as EF Core writes it to SQLite.</summary>
    private static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
