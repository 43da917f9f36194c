using Microsoft.EntityFrameworkCore.Storage;

namespace RulePortal.Data.Tests.Stores;

/// <summary>What SQL Server's strategy does, on SQLite and without waiting: units are tried again after a <see cref="FaultException"/>, and EF Core refuses transactions outside of one.</summary>
internal sealed class FaultRetries(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.Zero)
{
    public override bool RetriesOnFailure => base.RetriesOnFailure && Dependencies.CurrentContext.Context is not PortalDbContext { IsOneRead: true };

    protected override bool ShouldRetryOn(Exception exception) => exception is FaultException;

    protected override TimeSpan? GetNextDelay(Exception lastException) => base.GetNextDelay(lastException) is null ? null : TimeSpan.Zero;
}
