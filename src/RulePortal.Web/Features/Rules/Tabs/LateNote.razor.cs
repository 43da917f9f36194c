using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger.Late;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Rules.Tabs;

/// <summary>Says that a window's rows came or went after it was evaluated, what that would change, and offers to evaluate it again.</summary>
public sealed partial class LateNote
{
    private string word = "";
    private string tone = "";
    private bool running;

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required ILogger<LateNote> Logger { get; set; }

    [Inject]
    private RunNowService RunNow { get; set; } = null!;

    [Parameter]
    [EditorRequired]
    public Guid RuleId { get; set; }

    [Parameter]
    [EditorRequired]
    public long WindowId { get; set; }

    [Parameter]
    [EditorRequired]
    public DateTime WindowEndUtc { get; set; }

    [Parameter]
    [EditorRequired]
    public required LateData Late { get; set; }

    [Parameter]
    public EventCallback OnRan { get; set; }

    private string Reason => (Late.BatchSeq, Late.WithdrawnBatchSeq) switch
    {
        ({ } stored, { } withdrawn) => $"Batch {stored} brought rows and batch {withdrawn} was withdrawn after the evaluation.",
        ({ } stored, null) => $"Batch {stored} brought rows after the evaluation.",
        (null, { } withdrawn) => $"Batch {withdrawn} was withdrawn after the evaluation.",
        _ => "",
    };

    protected override void OnParametersSet() => (word, tone) = RunWords.Of(Late.Verdict);

    private async Task RunAsync()
    {
        running = true;
        try
        {
            var result = await RunNow.RunWindowAsync(RuleId, WindowId, await Actor.DemandAsync(Policies.CanContribute), CancellationToken.None);
            Snackbar.Add(RunWords.Of(result), result.Outcome is RunNowOutcome.Ran ? MudBlazor.Severity.Success : MudBlazor.Severity.Warning);
        }
        catch (Exception e)
        {
            Snackbar.Add("The run failed. The list of attempts and the portal's log have the details.", MudBlazor.Severity.Error);
            Log.RunFailed(Logger, RuleId, WindowId, e);
        }
        finally
        {
            running = false;
        }

        await OnRan.InvokeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Evaluating the window {Window} of rule {Rule} again failed.")]
        public static partial void RunFailed(ILogger logger, Guid rule, long window, Exception exception);
    }
}
