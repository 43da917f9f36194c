namespace RulePortal.Web.Kit;

/// <summary>Tells open pages that alerts may have changed: a second after whoever writes them says so, and every half minute because another process may have written.</summary>
public sealed class AlertsChanged : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly ITimer timer;
    private bool pending;

    public AlertsChanged(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        timer = time.CreateTimer(_ => Tell(), state: null, Longest, Longest);
    }

    /// <summary>On any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>Says that alerts were written; many calls within a second are told once.</summary>
    public void Notify()
    {
        lock (gate)
        {
            if (!pending)
            {
                pending = true;
                timer.Change(Quiet, Longest);
            }
        }
    }

    public void Dispose() => timer.Dispose();

    private void Tell()
    {
        lock (gate)
        {
            pending = false;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
