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
