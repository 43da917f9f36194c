namespace RulePortal.Data.Evaluation;

/// <summary>Who waits for work that reads connections for seconds.</summary>
public enum WorkKind
{
    /// <summary>Somebody who looks: a test, a simulation, a replay.</summary>
    Look = 0,

    /// <summary>Somebody who saves: pins are judged before a version is written, whatever others look at meanwhile.</summary>
    Save = 1,
}

/// <summary>Slots for work that reads connections for seconds: two of each kind at once, within a time limit, on a thread of its own.</summary>
/// <remarks>Everybody who may view may look: many curious readers must not starve the scheduled runs, which take no slot.</remarks>
public sealed class WorkSlots(TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim[] slots = [new(2), new(2)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in slots)
        {
            slot.Dispose();
        }
    }

    /// <summary>Works in a slot.</summary>
    /// <param name="kind">Which slots.</param>
    /// <param name="limit">How long it may take, waiting for a slot included.</param>
    /// <param name="work">What to do; its token says when the time is over.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it ended within the limit, and if so its result.</returns>
    public async Task<(bool IsInTime, T? Result)> RunAsync<T>(WorkKind kind, TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var deadline = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await slots[(int)kind].WaitAsync(either.Token);
            try
            {
                // SQLite answers on the thread that asks: a page's own thread must stay free for its "Cancel".
                return (true, await Task.Run(() => work(either.Token), either.Token));
            }
            finally
            {
                slots[(int)kind].Release();
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (false, default);
        }
    }
}
