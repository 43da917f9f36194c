namespace RulePortal.Web.Features.Health.Circuits;

/// <summary>Open pages of this process: those connected, and those kept for a while for a browser that lost its connection.</summary>
internal sealed class CircuitCount
{
    private int open;
    private int connected;

    public int Open => Volatile.Read(ref open);

    public int Connected => Volatile.Read(ref connected);

    /// <summary>Kept for a browser that may come back.</summary>
    public int Waiting => Math.Max(0, Open - Connected);

    public void Opened(int change) => Interlocked.Add(ref open, change);

    public void WentUp(int change) => Interlocked.Add(ref connected, change);
}
