using Microsoft.EntityFrameworkCore;
using RulePortal.Data;

namespace RulePortal.Web.Storage;

internal sealed class SchemaReader(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<SchemaState> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        var known = db.Database.GetMigrations().ToList();
        return new SchemaState([.. known.Except(applied, StringComparer.Ordinal)], [.. applied.Except(known, StringComparer.Ordinal)]);
    }
}
