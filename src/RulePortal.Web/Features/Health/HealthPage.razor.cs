using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Features.Health;

/// <summary>Does the machine work?</summary>
public sealed partial class HealthPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private HealthState? state;
    private bool failed;

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    private HealthReader Reader { get; set; } = null!;

    [Inject]
    private IOptions<HealthSettings> Options { get; set; } = null!;

    private HealthSettings Settings => Options.Value;

    private HealthVerdict Verdict => HealthVerdict.Of(state!, Settings);

    public void Dispose()
    {
        Clock.Ticked -= OnTick;
        closed.Cancel();
        closed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        Clock.Ticked += OnTick;
        return ReadAsync();
    }

    private void OnTick(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        if (!closed.IsCancellationRequested)
        {
            await ReadAsync();
            StateHasChanged();
        }
    });

    private async Task ReadAsync()
    {
        try
        {
            var read = await Reader.ReadAsync(closed.Token);
            (state, failed) = read.IsLost ? (state, true) : (read, false);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }
}
