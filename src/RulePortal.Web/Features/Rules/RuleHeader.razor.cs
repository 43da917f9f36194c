using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Features.Rules.Editing;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Rules;

/// <summary>The rule as it is saved: name, version, whether it runs, and "run now".</summary>
public sealed partial class RuleHeader
{
    private bool busy;
    private bool running;

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required ILogger<RuleHeader> Logger { get; set; }

    [Inject]
    private RunNowService RunNow { get; set; } = null!;

    [Inject]
    private RuleTimetable Timetable { get; set; } = null!;

    [Parameter]
    [EditorRequired]
    public required RuleEditor Editor { get; set; }

    [Parameter]
    public EventCallback OnSwitched { get; set; }

    [Parameter]
    public EventCallback OnRan { get; set; }

    private async Task SwitchAsync(bool on)
    {
        busy = true;
        try
        {
            await Rules.SetEnabledAsync(Editor.Saved.Id, on, await Actor.DemandAsync(Policies.CanContribute), CancellationToken.None);
            Snackbar.Add(on ? "Enabled. Windows begin now." : "Disabled. Windows not yet evaluated are skipped.", MudBlazor.Severity.Success);
        }
        catch (Exception e)
        {
            Snackbar.Add("The rule was not changed. The portal's log has the details.", MudBlazor.Severity.Error);
            Log.SwitchFailed(Logger, Editor.Saved.Id, e);
        }
        finally
        {
            busy = false;
        }

        await OnSwitched.InvokeAsync();
    }

    private async Task RunNowAsync()
    {
        busy = running = true;
        try
        {
            var result = await RunNow.RunAsync(Editor.Saved.Id, await Actor.DemandAsync(Policies.CanContribute), CancellationToken.None);
            Snackbar.Add(RunWords.Of(result), result.Outcome is RunNowOutcome.Ran && result.Runs.All(run => run.Outcome is not AttemptOutcome.Held) ? MudBlazor.Severity.Success : MudBlazor.Severity.Warning);
        }
        catch (Exception e)
        {
            Snackbar.Add("The run failed. The tab Runs and the portal's log have the details.", MudBlazor.Severity.Error);
            Log.RunFailed(Logger, Editor.Saved.Id, e);
        }
        finally
        {
            busy = running = false;
        }

        await OnRan.InvokeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The rule {Rule} could not be switched.")]
        public static partial void SwitchFailed(ILogger logger, Guid rule, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Running the rule {Rule} by hand failed.")]
        public static partial void RunFailed(ILogger logger, Guid rule, Exception exception);
    }
}
