using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Maintenance;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Maintenance;

/// <summary>What would the next night take, and what has gone?</summary>
public sealed partial class RetentionPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private IReadOnlyList<RetentionAnswer>? parts;
    private bool failed;

    [Inject]
    public required RetentionSweep Sweep { get; set; }

    [Inject]
    public required ILogger<RetentionPage> Logger { get; set; }

    [Inject]
    private IOptions<RetentionSettings> Settings { get; set; } = null!;

    private string? Subtitle => parts is null ? null : parts.Sum(part => part.RowsToGo) is var rows and > 0 ? $"{Words.Count(rows, "row")} would go now" : "Nothing is past its time";

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private static (string Name, string Rule) WordsOf(RetentionPart part) => part switch
    {
        RetentionPart.Connections => ("Connections", "from the time they were generated"),
        RetentionPart.Alerts => ("Closed alerts", "with evidence and activity, from the time they were closed; open ones stay"),
        RetentionPart.Runs => ("Windows and runs", "from the window's end; what is still to be evaluated stays"),
        RetentionPart.RejectedRows => ("Rejected rows", "from the time their batch was received"),
        _ => ("Sessions", "from the time they were over"),
    };

    private async Task LoadAsync()
    {
        failed = false;
        try
        {
            parts = await RetentionAnswer.ListAsync(Sweep, Settings.Value.ToPolicy(), closed.Token);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            failed = true;
            Log.NotRead(Logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "What retention would remove could not be counted.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
