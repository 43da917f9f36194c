using Microsoft.AspNetCore.Components;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors.Exclusions;

namespace RulePortal.Web.Features.Rules.Tabs;

/// <summary>What an attempt did not count when it looked back; read when it is opened.</summary>
public sealed partial class ExclusionList : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private IReadOnlyList<ExcludedRows>? excluded;
    private bool failed;

    [Inject]
    public required RuleQueries Queries { get; set; }

    [Inject]
    public required ILogger<ExclusionList> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public long AttemptId { get; set; }

    [Parameter]
    [EditorRequired]
    public int Count { get; set; }

    [Parameter]
    public bool IsCut { get; set; }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    private async Task LoadAsync()
    {
        try
        {
            excluded ??= await Queries.ExcludedAsync(AttemptId, closed.Token);
            failed = false;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = true;
            Log.ReadFailed(Logger, AttemptId, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "What attempt {Attempt} excluded could not be read.")]
        public static partial void ReadFailed(ILogger logger, long attempt, Exception exception);
    }
}
