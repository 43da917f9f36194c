using Microsoft.AspNetCore.Components;
using RulePortal.Data.Rules;

namespace RulePortal.Web.Features.Tuning;

/// <summary>Which rule shall be tuned?</summary>
public sealed partial class TuningRulesPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private IReadOnlyList<RuleSnapshot>? rules;
    private bool failed;

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required ILogger<TuningRulesPage> Logger { get; set; }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        failed = false;
        try
        {
            rules = await Rules.ListAsync(closed.Token);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = true;
            Log.ReadFailed(Logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The rules could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
