using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data;

/// <summary>Runs a unit of work in one transaction, whole again from a fresh context when the provider's execution strategy retries it.</summary>
public static class PortalTransactions
{
    /// <summary>Runs the unit and commits when it returns true; rolls back when it returns false or throws.</summary>
    /// <param name="contexts">Where contexts come from.</param>
    /// <param name="unit">The unit; it may be run more than once, so it must not touch anything outside its context.</param>
    /// <param name="cancellationToken">Stops the unit; nothing is written then.</param>
    /// <returns>Whether it was committed.</returns>
    public static async Task<bool> InTransactionAsync(this IDbContextFactory<PortalDbContext> contexts, Func<PortalDbContext, Task<bool>> unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        ArgumentNullException.ThrowIfNull(unit);
        await using var outer = await contexts.CreateDbContextAsync(cancellationToken);
        return await outer.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await unit(db))
            {
                return false;
            }

            await transaction.CommitAsync(cancellationToken);
            return true;
        });
    }
}
