using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Storage;

internal sealed class DatabaseSettings : IPortalSettings
{
    public static string Section => "Database";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>SQL Server only: whether a start brings the schema up to date, as SQLite always does.</summary>
    public bool MigrateAtStart { get; set; }

    public IEnumerable<string> Faults() => [];
}
