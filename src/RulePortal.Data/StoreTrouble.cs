using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace RulePortal.Data;

/// <summary>What a caller can do about an exception of the database: make room, or come back.</summary>
public static class StoreTrouble
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteFull = 13;

    // A filegroup or the log is full.
    private const int FileGroupFull = 1105;
    private const int LogFull = 9002;

    private const int NoSpaceLinux = 28;
    private const int NoSpaceWindows = unchecked((int)0x80070070);

    /// <summary>Whether there is no room left.</summary>
    public static bool IsFull(Exception? exception) => exception?.GetBaseException() is
        SqliteException { SqliteErrorCode: SqliteFull } or SqlException { Number: FileGroupFull or LogFull } or IOException { HResult: NoSpaceLinux or NoSpaceWindows };

    /// <summary>Whether others had the store for too long.</summary>
    public static bool IsBusy(Exception? exception) => exception?.GetBaseException() is SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } or SqlException { IsTransient: true };
}
