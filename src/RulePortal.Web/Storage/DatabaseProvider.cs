namespace RulePortal.Web.Storage;

internal enum DatabaseProvider
{
    /// <summary>A file in the data directory: the embedded default.</summary>
    Sqlite = 0,

    /// <summary>A SQL Server named by <c>ConnectionStrings:Portal</c>.</summary>
    SqlServer = 1,
}
