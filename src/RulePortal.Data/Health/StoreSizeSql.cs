namespace RulePortal.Data.Health;

/// <summary>The statements that measure a database, each with one row and one column <c>Value</c>: bytes.</summary>
public static class StoreSizeSql
{
    /// <summary>Pages of the file, free ones included, since new rows go there first.</summary>
    public const string Sqlite = "SELECT page_count * page_size AS Value FROM pragma_page_count(), pragma_page_size()";

    /// <summary>Files of the database, its log included; needs no right beyond reading it.</summary>
    public const string SqlServer = "SELECT CAST(SUM(CAST(size AS bigint)) * 8192 AS bigint) AS Value FROM sys.database_files";
}
