namespace RulePortal.Migrations.Sqlite;

/// <summary>Triggers that keep the audit trail append-only: an entry is sealed once, and goes only behind a checkpoint.</summary>
internal static class AuditTriggers
{
    private const string Refuse = "BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;";

    public static IReadOnlyList<string> Create { get; } =
    [
        $"""
        CREATE TRIGGER "AuditEntries_NoUpdate" BEFORE UPDATE ON "AuditEntries"
        WHEN OLD."Position" IS NOT NULL OR NEW."Position" IS NULL OR NEW."Id" IS NOT OLD."Id" OR NEW."AtUtc" IS NOT OLD."AtUtc"
            OR NEW."ActorId" IS NOT OLD."ActorId" OR NEW."ActorName" IS NOT OLD."ActorName" OR NEW."Origin" IS NOT OLD."Origin"
            OR NEW."Action" IS NOT OLD."Action" OR NEW."Subject" IS NOT OLD."Subject" OR NEW."Outcome" IS NOT OLD."Outcome"
            OR NEW."Attempts" IS NOT OLD."Attempts" OR NEW."Detail" IS NOT OLD."Detail" OR NEW."Before" IS NOT OLD."Before" OR NEW."After" IS NOT OLD."After"
        {Refuse}
        """,
        $"""
        CREATE TRIGGER "AuditEntries_NoDelete" BEFORE DELETE ON "AuditEntries"
        WHEN OLD."Position" IS NULL OR OLD."Position" > (SELECT COALESCE(MAX("Position"), 0) FROM "AuditCheckpoints")
        {Refuse}
        """,
        $"""
        CREATE TRIGGER "AuditCheckpoints_NoUpdate" BEFORE UPDATE ON "AuditCheckpoints" {Refuse}
        """,
        $"""
        CREATE TRIGGER "AuditCheckpoints_NoDelete" BEFORE DELETE ON "AuditCheckpoints" {Refuse}
        """,
        $"""
        CREATE TRIGGER "AuditChainHeads_NoUpdate" BEFORE UPDATE ON "AuditChainHeads" WHEN NEW."Position" < OLD."Position" {Refuse}
        """,
        $"""
        CREATE TRIGGER "AuditChainHeads_NoDelete" BEFORE DELETE ON "AuditChainHeads" {Refuse}
        """,
    ];

    public static IReadOnlyList<string> Drop { get; } =
        [.. new[] { "AuditEntries", "AuditCheckpoints", "AuditChainHeads" }.SelectMany(table => new[] { $"DROP TRIGGER \"{table}_NoUpdate\";", $"DROP TRIGGER \"{table}_NoDelete\";" })];
}
