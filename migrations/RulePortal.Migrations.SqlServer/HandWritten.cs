using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using RulePortal.Data.Connections;

namespace RulePortal.Migrations.SqlServer;

/// <summary>What the model cannot say; a new generation of <c>Initial</c> has to call it.</summary>
internal static class HandWritten
{
    /// <summary>At the start of Up: it cannot stand in the migration's transaction.</summary>
    public static void Prepare(MigrationBuilder migration) => migration.Sql(SnapshotReads.On, suppressTransaction: true);

    /// <summary>At the end of Up.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="target">Its <see cref="Migration.TargetModel"/>.</param>
    public static void Create(MigrationBuilder migration, IReadOnlyModel target)
    {
        migration.Sql(VmConnectionView.CreateForSqlServer(target));
        foreach (var trigger in AuditTriggers.Create)
        {
            migration.Sql(trigger);
        }
    }

    /// <summary>At the start of Down; the triggers go with their tables.</summary>
    public static void Drop(MigrationBuilder migration) => migration.Sql(VmConnectionView.Drop);
}
