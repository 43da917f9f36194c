namespace RulePortal.Migrations.SqlServer;

/// <summary>Triggers that keep the audit trail append-only: an entry is sealed once, and goes only behind a checkpoint.</summary>
internal static class AuditTriggers
{
    private const string Throw = "THROW 51000, N'The audit trail is append-only.', 1;";

    /// <summary>The bare statements; each must be alone in its batch.</summary>
    public static IReadOnlyList<string> Statements { get; } =
    [
        $"""
        CREATE TRIGGER [AuditEntries_NoUpdate] ON [AuditEntries] AFTER UPDATE AS
        BEGIN
            SET NOCOUNT ON;
            IF UPDATE([AtUtc]) OR UPDATE([ActorId]) OR UPDATE([ActorName]) OR UPDATE([Origin]) OR UPDATE([Action]) OR UPDATE([Subject])
                OR UPDATE([Outcome]) OR UPDATE([Attempts]) OR UPDATE([Detail]) OR UPDATE([Before]) OR UPDATE([After])
                OR EXISTS (SELECT 1 FROM deleted WHERE [Position] IS NOT NULL) OR EXISTS (SELECT 1 FROM inserted WHERE [Position] IS NULL)
                {Throw}
        END
        """,
        $"""
        CREATE TRIGGER [AuditEntries_NoDelete] ON [AuditEntries] AFTER DELETE AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM deleted WHERE [Position] IS NULL OR [Position] > (SELECT COALESCE(MAX([Position]), 0) FROM [AuditCheckpoints]))
                {Throw}
        END
        """,
        $"""
        CREATE TRIGGER [AuditCheckpoints_NoChange] ON [AuditCheckpoints] AFTER UPDATE, DELETE AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM deleted)
                {Throw}
        END
        """,
        $"""
        CREATE TRIGGER [AuditChainHeads_NoUpdate] ON [AuditChainHeads] AFTER UPDATE AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM deleted INNER JOIN inserted ON inserted.[Id] = deleted.[Id] WHERE inserted.[Position] < deleted.[Position])
                {Throw}
        END
        """,
        $"""
        CREATE TRIGGER [AuditChainHeads_NoDelete] ON [AuditChainHeads] AFTER DELETE AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM deleted)
                {Throw}
        END
        """,
    ];

    /// <summary>The same as a migration runs them: the idempotent script puts every migration inside an IF, hence EXEC.</summary>
    public static IEnumerable<string> Create => Statements.Select(statement => $"EXEC(N'{statement.Replace("'", "''", StringComparison.Ordinal)}');");

    public static IReadOnlyList<string> Drop { get; } =
    [
        "DROP TRIGGER [AuditEntries_NoUpdate];", "DROP TRIGGER [AuditEntries_NoDelete];", "DROP TRIGGER [AuditCheckpoints_NoChange];",
        "DROP TRIGGER [AuditChainHeads_NoUpdate];", "DROP TRIGGER [AuditChainHeads_NoDelete];",
    ];
}
