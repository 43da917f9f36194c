using Microsoft.AspNetCore.Components.Server.Circuits;

namespace RulePortal.Web.Features.Health.Circuits;

/// <summary>Counts one circuit; a scope of its own for each.</summary>
internal sealed class CircuitCounter(CircuitCount count) : CircuitHandler
{
    private bool isOpen;
    private bool isUp;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        isOpen = true;
        count.Opened(1);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => Went(up: true);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => Went(up: false);

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (isOpen)
        {
            isOpen = false;
            count.Opened(-1);
        }

        return Went(up: false);
    }

    // A circuit may be closed with its connection up.
    private Task Went(bool up)
    {
        if (isUp != up)
        {
            isUp = up;
            count.WentUp(up ? 1 : -1);
        }

        return Task.CompletedTask;
    }
}

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
