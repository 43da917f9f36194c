using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Features.Alerts.Replay;

/// <summary>Would this alert be raised again from the same rows, and if not, why?</summary>
public sealed partial class ReplayPanel : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private CancellationTokenSource? stop;
    private SimulationProgress progress;
    private AlertReplay? replay;
    private string? problem;
    private (long Id, int Version) shown;

    [Inject]
    public required AlertReplayer Replayer { get; set; }

    [Inject]
    public required ILogger<ReplayPanel> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public long AlertId { get; set; }

    /// <summary>The alert's version: another one may have more rows, of which an earlier replay says nothing.</summary>
    [Parameter]
    public int Version { get; set; }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (shown != (AlertId, Version))
        {
            shown = (AlertId, Version);
            stop?.Cancel();
            (replay, problem) = (null, null);
        }
    }

    private async Task ReplayAsync()
    {
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        (stop, replay, problem, progress) = (mine, null, null, default);
        var asked = shown;
        try
        {
            var result = await Replayer.ReplayAsync(AlertId, new Steps(this), mine.Token);
            if (asked == shown)
            {
                replay = result.Outcome is ReplayOutcome.Replayed ? result : null;
                problem = result.Outcome switch
                {
                    ReplayOutcome.NotFound => "The alert is gone.",
                    ReplayOutcome.TimedOut => $"The replay was stopped after {RuleSimulator.TimeLimit.TotalSeconds:0} seconds. Try again when fewer simulations run.",
                    _ => null,
                };
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            problem = asked == shown ? "It was cancelled." : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            problem = "The replay failed. It stores nothing, so nothing is lost; the portal's log has the details.";
            Log.ReplayFailed(Logger, AlertId, e);
        }
        finally
        {
            stop = null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Replaying the alert {Alert} failed.")]
        public static partial void ReplayFailed(ILogger logger, long alert, Exception exception);
    }

    private sealed class Steps(ReplayPanel panel) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => _ = panel.InvokeAsync(() =>
        {
            panel.progress = value;
            panel.StateHasChanged();
        });
    }
}
