using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RulePortal.Data.Tests.Stores;

/// <summary>Fails one step of what is asked of a store: a command before it is done, or a commit before or after it is.</summary>
internal sealed class FaultPlan
{
    private int? at;
    private bool afterCommit;

    public FaultPlan() => Interceptors = [new Commands(this), new Commits(this)];

    public IInterceptor[] Interceptors { get; }

    /// <summary>Steps that were asked for since the plan was made.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether the step has failed.</summary>
    public bool Fired { get; private set; }

    /// <summary>Has a step fail, counted from 1 from now on.</summary>
    public void FailAt(int step, bool afterItsCommit) => (Steps, at, afterCommit, Fired) = (0, step, afterItsCommit, false);

    private void Step(bool isCommit, bool isDone)
    {
        if (!isDone)
        {
            Steps++;
        }

        if (Steps == at && !Fired && isDone == (afterCommit && isCommit))
        {
            Fired = true;
            throw new FaultException();
        }
    }

    private sealed class Commands(FaultPlan plan) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            plan.Step(isCommit: false, isDone: false);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            plan.Step(isCommit: false, isDone: false);
            return ValueTask.FromResult(result);
        }
    }

    private sealed class Commits(FaultPlan plan) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            plan.Step(isCommit: true, isDone: false);
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            plan.Step(isCommit: true, isDone: true);
            return Task.CompletedTask;
        }
    }
}
