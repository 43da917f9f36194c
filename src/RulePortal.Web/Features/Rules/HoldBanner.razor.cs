using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Data.Rules;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Features.Rules.Editing;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Rules;

/// <summary>Says that the rule waits for a person, and lets one decide.</summary>
public sealed partial class HoldBanner
{
    private bool busy;

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required ILogger<HoldBanner> Logger { get; set; }

    [Inject]
    private HoldService Holds { get; set; } = null!;

    [Parameter]
    [EditorRequired]
    public required RuleEditor Editor { get; set; }

    /// <summary>After a decision.</summary>
    [Parameter]
    public EventCallback OnDecided { get; set; }

    private RuleHold? Hold => Editor.Saved.Hold;

    private async Task DecideAsync(HoldDecision decision)
    {
        busy = true;
        try
        {
            var (outcome, run) = await Holds.DecideAsync(Editor.Saved.Id, Hold!.WindowId, decision, await Actor.DemandAsync(Policies.CanContribute), CancellationToken.None);
            Snackbar.Add(Said(outcome, decision, run), outcome is HoldOutcome.Released ? MudBlazor.Severity.Success : MudBlazor.Severity.Warning);
        }
        catch (Exception e)
        {
            Snackbar.Add("It is not known whether that was done. The portal's log has the details.", MudBlazor.Severity.Error);
            Log.Failed(Logger, Editor.Saved.Id, e);
        }
        finally
        {
            busy = false;
        }

        await OnDecided.InvokeAsync();
    }

    private static string Said(HoldOutcome outcome, HoldDecision decision, RecordedRun? run) => (outcome, decision) switch
    {
        (not HoldOutcome.Released, _) => "Somebody else decided meanwhile; nothing was changed.",
        (_, HoldDecision.Skip) => "Skipped. The rule goes on with the windows that wait.",
        _ => run is null ? "The rule goes on; the window is evaluated again within a minute." : $"The rule goes on. {run.Sentence}.",
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Deciding of the window that holds rule {Rule} failed.")]
        public static partial void Failed(ILogger logger, Guid rule, Exception exception);
    }
}
