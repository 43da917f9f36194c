using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>The file under the tables.</summary>
internal static class FileChecks
{
    private const string Restore = "Stop the portal, keep the file, and restore the last backup.";

    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("file.integrity", "Pages, indexes and constraints of the file are whole", IntegrityAsync) { EmbeddedOnly = "DBCC CHECKDB is run by the server's owner" },
        new("file.references", "Every foreign key leads to a row", ReferencesAsync) { EmbeddedOnly = "SQL Server enforces foreign keys itself" },
    ];

    private static async IAsyncEnumerable<StoreFault> IntegrityAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in context.Db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").Streamed(cancellationToken))
        {
            if (line != "ok")
            {
                yield return new StoreFault("file", "portal.db", $"SQLite's integrity_check says: {line}", Restore);
            }
        }
    }

    private static async IAsyncEnumerable<StoreFault> ReferencesAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.Database.SqlQueryRaw<BrokenReference>("""SELECT "table" AS "Child", rowid AS "RowId", parent AS "Parent" FROM pragma_foreign_key_check""");
        await foreach (var row in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault(row.Child, Words($"rowid {row.RowId}"), $"The row refers to one of {row.Parent} that does not exist.", Restore);
        }
    }

    private sealed record BrokenReference(string Child, long? RowId, string Parent);
}
