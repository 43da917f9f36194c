using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RulePortal.Web.Storage;

/// <summary>Has every SQLite connection wait for a writer instead of failing at once.</summary>
internal sealed class SqliteConnectionSetup : DbConnectionInterceptor
{
    private const string BusyTimeout = "PRAGMA busy_timeout = 10000";

    public static SqliteConnectionSetup Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = BusyTimeout;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = BusyTimeout;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
