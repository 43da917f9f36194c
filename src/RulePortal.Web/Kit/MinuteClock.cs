namespace RulePortal.Web.Kit;

/// <summary>One timer a circuit, by which relative times are kept true.</summary>
public sealed class MinuteClock : IDisposable
{
    private readonly TimeProvider time;
    private readonly ITimer timer;

    public MinuteClock(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        timer = time.CreateTimer(_ => Ticked?.Invoke(this, EventArgs.Empty), state: null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>Every minute, on any thread.</summary>
    public event EventHandler? Ticked;

    public DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    public void Dispose() => timer.Dispose();
}
