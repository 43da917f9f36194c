using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <summary>The view that gives people the connections as the table they know: VMConnection's columns under their names, missing text as the empty text.</summary>
/// <remarks>
/// It is made for the schema of the migration that makes it, so that a migration stays what it was: a column that is stored only since then is still
/// read from Details there. A migration that stores a further column drops the view and creates it again. Both databases take names in brackets.
/// </remarks>
public static class VmConnectionView
{
    /// <summary>Drops it.</summary>
    public const string Drop = "DROP VIEW [VMConnection];";

    private const int LongestSqlServerText = 4_000;

    private const string SqliteTime =
        "strftime('%Y-%m-%dT%H:%M:%S', c.[TimeGenerated] / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', c.[TimeGenerated] % 10000000)";

    private const string SqlServerTime = """
        DATEADD(nanosecond, CAST(c.[TimeGenerated] % 10000000 * 100 AS int),
                DATEADD(second, CAST(c.[TimeGenerated] / 10000000 % 86400 AS int),
                DATEADD(day, CAST(c.[TimeGenerated] / CAST(864000000000 AS bigint) AS int), CAST('0001-01-01' AS datetime2(7)))))
        """;

    /// <summary>Creates it on SQLite.</summary>
    /// <param name="target">The model that the migration leads to.</param>
    public static string CreateForSqlite(IReadOnlyModel target) => Create(target, SqliteTime, column => $"c.[Details] ->> '$.{column.Name}'", "");

    /// <summary>Creates it on SQL Server.</summary>
    /// <param name="target">The model that the migration leads to.</param>
    /// <remarks>A view must be alone in its batch, and the idempotent script puts every migration inside an IF: hence EXEC.</remarks>
    public static string CreateForSqlServer(IReadOnlyModel target)
    {
        var details = ConnectionColumns.All.Where(column => !IsStored(target, column)).Select(column => $"[{column.Name}] {SqlServerType(column)}");
        var apply = $"\nOUTER APPLY OPENJSON(c.[Details]) WITH (\n    {string.Join(",\n    ", details)}) AS d";
        var create = Create(target, SqlServerTime, column => $"d.[{column.Name}]", apply);
        return $"EXEC(N'\n{create.Replace("'", "''", StringComparison.Ordinal)}');";
    }

    private static string Create(IReadOnlyModel target, string time, Func<ConnectionColumn, string> detail, string apply)
    {
        var terms = ConnectionColumns.All.Where(column => column.IsText && IsStored(target, column));
        return string.Create(CultureInfo.InvariantCulture, $"""
            CREATE VIEW [VMConnection] AS
            SELECT
                {string.Join(",\n    ", ConnectionColumns.All.Select(column => $"{Value(column)} AS [{column.Name}]"))},
                c.[Details], c.[Id] / {ConnectionRowId.Size} AS [BatchSeq]
            FROM [Connections] AS c
            {string.Join('\n', terms.Select(column => $"INNER JOIN [ConnectionTerms] AS [{column.Name}] ON [{column.Name}].[Id] = c.[{StoredColumns.NameOf(column)}]"))}{apply};
            """);

        string Value(ConnectionColumn column) => IsStored(target, column)
            ? column.Type is ColumnType.Time ? time : column.IsText ? $"[{column.Name}].[Text]" : $"c.[{column.Name}]"
            : column.IsText ? $"COALESCE({detail(column)}, '')" : detail(column);
    }

    private static bool IsStored(IReadOnlyModel target, ConnectionColumn column) =>
        target.FindEntityType(typeof(ConnectionRow).FullName!)?.FindProperty(StoredColumns.NameOf(column)) is not null;

    private static string SqlServerType(ConnectionColumn column) => column switch
    {
        { IsText: true, MaxLength: <= LongestSqlServerText } => string.Create(CultureInfo.InvariantCulture, $"nvarchar({column.MaxLength})"),
        { IsText: true } => "nvarchar(max)",
        { Type: ColumnType.Real } => "float",
        { IsShort: true } => "int",
        _ => "bigint",
    };
}
