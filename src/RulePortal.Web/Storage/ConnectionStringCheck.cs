using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Storage;

/// <summary><c>ConnectionStrings:Portal</c> against the provider chosen.</summary>
internal sealed class ConnectionStringCheck(IConfiguration configuration) : ISettingsCheck
{
    public const string Key = "ConnectionStrings:Portal";

    public IEnumerable<string> Faults()
    {
        var text = configuration[Key];
        if (!Enum.TryParse<DatabaseProvider>(configuration["Database:Provider"] ?? nameof(DatabaseProvider.Sqlite), ignoreCase: true, out var provider))
        {
            return [];
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return provider is DatabaseProvider.SqlServer ? [$"{Key} is not set; Database:Provider=SqlServer needs a SQL Server connection string there."] : [];
        }

        try
        {
            if (provider is DatabaseProvider.SqlServer)
            {
                var builder = new SqlConnectionStringBuilder(text);
                return builder.InitialCatalog.Length == 0 ? [$"{Key} names no database; add Database=NAME."] : [];
            }

            var sqlite = new SqliteConnectionStringBuilder(text);
            return sqlite.DataSource.Length == 0 || sqlite.Mode == SqliteOpenMode.Memory || sqlite.DataSource.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
                || sqlite.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                ? [$"{Key} must name a file for Database:Provider=Sqlite, as in Data Source=portal.db."]
                : [];
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or DbException)
        {
            // The text may hold a password, so only the complaint is repeated.
            return [$"{Key} is no connection string for Database:Provider={provider} ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})."];
        }
    }
}
