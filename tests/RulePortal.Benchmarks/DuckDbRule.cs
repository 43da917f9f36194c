using System.Globalization;
using DuckDB.NET.Data;

namespace RulePortal.Benchmarks;

/// <summary>The same file and the same rule in DuckDB.</summary>
internal sealed class DuckDbRule : IDisposable
{
    // The query, step for step. It keeps the left row that RulePortal keeps, where the query takes any.
    private const string Rule =
        """
        WITH rows AS (SELECT * FROM VMConnection WHERE Direction = 'outbound' AND RemoteCountry <> ''),
        CountryCount AS (
            SELECT RemoteCountry FROM rows
            WHERE TimeGenerated < $now - $window AND TimeGenerated >= $now - $countryLookback
            GROUP BY RemoteCountry HAVING count(*) > $countryThreshold),
        "Full" AS (
            SELECT Computer, Direction, ProcessName, SourceIp, DestinationIp, DestinationPort, Protocol, RemoteCountry, MaliciousIp,
                min(TimeGenerated) AS min_TimeGenerated, max(TimeGenerated) AS max_TimeGenerated,
                coalesce(sum(BytesSent), 0) AS sum_BytesSent, coalesce(sum(BytesReceived), 0) AS sum_BytesReceived
            FROM rows WHERE TimeGenerated >= $now - $window AND TimeGenerated < $now
            GROUP BY ALL),
        Today AS (
            SELECT ProcessName, SourceIp, DestinationIp, RemoteCountry, count(*) AS count_
            FROM rows WHERE TimeGenerated >= $now - $window AND TimeGenerated < $now
            GROUP BY ALL),
        lastweek AS (
            SELECT ProcessName, SourceIp, DestinationIp, RemoteCountry
            FROM rows WHERE TimeGenerated < $now - $window AND TimeGenerated >= $now - $tupleLookback
            GROUP BY ALL HAVING count(*) > $tupleThreshold),
        New AS (SELECT * FROM Today ANTI JOIN lastweek USING (ProcessName, SourceIp, DestinationIp, RemoteCountry)),
        Rare AS (SELECT * FROM New ANTI JOIN CountryCount USING (RemoteCountry)),
        Kept AS (
            SELECT * FROM Rare
            QUALIFY row_number() OVER (PARTITION BY RemoteCountry ORDER BY count_ DESC, ProcessName, SourceIp, DestinationIp) = 1)
        SELECT k.ProcessName, k.SourceIp, k.DestinationIp, k.RemoteCountry, k.count_,
            f.Computer, f.Direction, f.ProcessName, f.SourceIp, f.DestinationIp, f.DestinationPort, f.Protocol, f.RemoteCountry, f.MaliciousIp,
            f.min_TimeGenerated, f.max_TimeGenerated, f.sum_BytesSent::BIGINT, f.sum_BytesReceived::BIGINT
        FROM Kept k JOIN "Full" f ON k.RemoteCountry = f.RemoteCountry
        """;

    private const string OtherColumns =
        """
        , AgentId: 'VARCHAR', Machine: 'VARCHAR', Process: 'VARCHAR', ConnectionId: 'VARCHAR', LinksTerminated: 'BIGINT', LinksFailed: 'BIGINT', LinksLive: 'BIGINT',
        Responses: 'BIGINT', ResponseTimeMin: 'BIGINT', ResponseTimeMax: 'BIGINT', ResponseTimeSum: 'BIGINT', RemoteLatitude: 'DOUBLE', RemoteLongitude: 'DOUBLE',
        RemoteClassification: 'VARCHAR', SourceSystem: 'VARCHAR', Type: 'VARCHAR', _ResourceId: 'VARCHAR'
        """;

    private const string Columns =
        """
        TimeGenerated: 'TIMESTAMP', Computer: 'VARCHAR', Direction: 'VARCHAR', ProcessName: 'VARCHAR', SourceIp: 'VARCHAR', DestinationIp: 'VARCHAR',
        DestinationPort: 'INTEGER', Protocol: 'VARCHAR', RemoteIp: 'VARCHAR', RemoteCountry: 'VARCHAR', MaliciousIp: 'VARCHAR', BytesSent: 'BIGINT',
        BytesReceived: 'BIGINT', LinksEstablished: 'BIGINT', RemoteDnsQuestions: 'VARCHAR'
        """;

    private readonly DuckDBConnection connection;

    public DuckDbRule(string database)
    {
        connection = new DuckDBConnection($"Data Source={database}");
        connection.Open();
    }

    public string Version => connection.ServerVersion;

    /// <summary>Reads the file into a table, with the types it has.</summary>
    /// <returns>The rows read.</returns>
    public long Import(string file, bool allColumns)
    {
        var columns = allColumns ? Columns + OtherColumns : Columns;
        using var command = connection.CreateCommand();
        command.CommandText =
            $$"""
            CREATE TABLE VMConnection AS SELECT * FROM read_json('{{file.Replace("'", "''", StringComparison.Ordinal)}}', format = 'newline_delimited', compression = 'gzip', columns = {{{columns}}})
            """;
        command.ExecuteNonQuery();
        command.CommandText = "CHECKPOINT";
        command.ExecuteNonQuery();
        command.CommandText = "SELECT count(*) FROM VMConnection";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Runs the rule at an instant.</summary>
    public IReadOnlyList<string> Evaluate(DateTime now, RuleCase settings)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Rule;
        command.Parameters.Add(new DuckDBParameter("now", now));
        command.Parameters.Add(new DuckDBParameter("window", TimeSpan.FromHours(1)));
        command.Parameters.Add(new DuckDBParameter("countryLookback", settings.CountryLookback));
        command.Parameters.Add(new DuckDBParameter("tupleLookback", settings.TupleLookback));
        command.Parameters.Add(new DuckDBParameter("countryThreshold", settings.CountryThreshold));
        command.Parameters.Add(new DuckDBParameter("tupleThreshold", settings.TupleThreshold));
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
        }

        return rows;
    }

    public void Dispose() => connection.Dispose();

    public static string Text(object? value) => value switch
    {
        null or DBNull => "null",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
