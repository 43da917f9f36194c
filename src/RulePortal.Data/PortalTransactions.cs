using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data;

/// <summary>Runs a unit of work in one transaction, whole again from a fresh context when the provider's execution strategy retries it or another node wrote the same rows first.</summary>
public static class PortalTransactions
{
    private const int Attempts = 4;

    /// <summary>Runs the unit and commits when it returns true; rolls back when it returns false or throws.</summary>
    /// <param name="contexts">Where contexts come from.</param>
    /// <param name="unit">The unit; it may be run more than once, so it must not touch anything outside its context.</param>
    /// <param name="cancellationToken">Stops the unit; nothing is written then.</param>
    /// <returns>Whether it was committed.</returns>
    public static async Task<bool> InTransactionAsync(this IDbContextFactory<PortalDbContext> contexts, Func<PortalDbContext, Task<bool>> unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        ArgumentNullException.ThrowIfNull(unit);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(contexts, unit, cancellationToken);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another node wrote the same rows first; what it wrote is there to be seen now.
            }
        }
    }

    private static async Task<bool> OnceAsync(IDbContextFactory<PortalDbContext> contexts, Func<PortalDbContext, Task<bool>> unit, CancellationToken cancellationToken)
    {
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
