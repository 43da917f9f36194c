namespace RulePortal.Migrations.SqlServer;

/// <summary>Lets an evaluation read one state of the store while batches are written, and pages read without waiting for writers.</summary>
internal static class SnapshotReads
{
    /// <summary>Turns both on where they are not: it cannot stand in a transaction, and other connections to the database are ended after a while.</summary>
    public const string On = """
        IF (SELECT [snapshot_isolation_state] FROM sys.databases WHERE [database_id] = DB_ID()) = 0
            ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
        IF (SELECT [is_read_committed_snapshot_on] FROM sys.databases WHERE [database_id] = DB_ID()) = 0
            ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK AFTER 30 SECONDS;
        """;
}
