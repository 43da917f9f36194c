using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace RulePortal.Data;

/// <summary>Tries a unit of work again when SQL Server fails for a moment: a deadlock, a lost connection, a failover.</summary>
/// <remarks>
/// Whole units are tried again, so a transaction that is begun outside of one is refused by EF Core. A consistent read is the exception: half
/// of it cannot be read again, so it fails at once, and whoever asked for it begins anew.
/// </remarks>
public sealed class SqlServerRetries(ExecutionStrategyDependencies dependencies) : SqlServerRetryingExecutionStrategy(dependencies, MostRetries, LongestDelay, errorNumbersToAdd: null)
{
    private const int MostRetries = 5;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public override bool RetriesOnFailure => base.RetriesOnFailure && Dependencies.CurrentContext.Context is not PortalDbContext { IsOneRead: true };

    /// <inheritdoc />
    public override TResult Execute<TState, TResult>(TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
    {
        try
        {
            return base.Execute(state, operation, verifySucceeded);
        }
        catch (RetryLimitExceededException limit) when (limit.InnerException is { } last)
        {
            throw Same(last);
        }
    }

    /// <inheritdoc />
    public override async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state,
        Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ExecuteAsync(state, operation, verifySucceeded, cancellationToken);
        }
        catch (RetryLimitExceededException limit) when (limit.InnerException is { } last)
        {
            throw Same(last);
        }
    }

    /// <summary>The database's own error says more, and is what callers look for.</summary>
    private static Exception Same(Exception last)
    {
        ExceptionDispatchInfo.Throw(last);
        return last;
    }
}
