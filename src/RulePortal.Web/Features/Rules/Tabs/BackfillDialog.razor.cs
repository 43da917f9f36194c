using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Rules.Tabs;

/// <summary>Asks for a span, says what filling it comes to, and has it filled.</summary>
public sealed partial class BackfillDialog
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";

    private string? from;
    private string? to;
    private string? fault;
    private BackfillResult? preview;
    private bool busy;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Inject]
    public required WindowBackfill Backfill { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<BackfillDialog> Logger { get; set; }

    [Inject]
    private IOptions<SchedulingSettings> Scheduling { get; set; } = null!;

    [Parameter]
    [EditorRequired]
    public Guid RuleId { get; set; }

    /// <returns>What was started, or null when the person thought better of it.</returns>
    public static async Task<BackfillResult?> AskAsync(IDialogService dialogs, Guid ruleId)
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        var dialog = await dialogs.ShowAsync<BackfillDialog>("Backfill", new DialogParameters<BackfillDialog> { { dialog => dialog.RuleId, ruleId } });
        return await dialog.Result is { Canceled: false, Data: BackfillResult result } ? result : null;
    }

    protected override void OnInitialized()
    {
        var today = Time.GetUtcNow().UtcDateTime.Date;
        (from, to) = (today.AddDays(-1).ToString(Form, CultureInfo.InvariantCulture), today.ToString(Form, CultureInfo.InvariantCulture));
    }

    private static string Shown(DateTime? instant) => instant?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static IEnumerable<string> Lines(BackfillResult result)
    {
        (int Count, string Words)[] lines =
        [
            (result.Added, "that the rule never had"),
            (result.Reopened, "skipped or given up, evaluated now"),
            (result.Waiting, "waiting already"),
            (result.Evaluated, "evaluated before, left as they are"),
            (result.Covered, "left out: windows of another frequency cover their time"),
            (result.Beyond, "left out: retention has let go of connections they look back on"),
        ];
        return lines.Where(line => line.Count > 0).Select(line => $"{Words.Number(line.Count)} {line.Words}");
    }

    private void Type(ref string? field, string? value) => (field, preview, fault) = (value, null, null);

    private BackfillSpan? Read()
    {
        if (Instant(from) is { } first && Instant(to) is { } last)
        {
            return new(first, last, Scheduling.Value.IngestionDelay);
        }

        fault = "Give both the beginning and the end.";
        return null;
    }

    private static DateTime? Instant(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private Task PreviewAsync() => WorkAsync(async span => Take(await Backfill.PreviewAsync(RuleId, span, CancellationToken.None)));

    private Task StartAsync() => WorkAsync(async span =>
    {
        var result = await Backfill.StartAsync(RuleId, span, await Actor.DemandAsync(Policies.CanContribute), CancellationToken.None);
        if (result.Outcome is BackfillOutcome.Started)
        {
            Dialog.Close(DialogResult.Ok(result));
        }
        else
        {
            Take(result);
        }
    });

    private void Take(BackfillResult result)
    {
        preview = result.Outcome is BackfillOutcome.Previewed or BackfillOutcome.NothingToDo ? result : null;
        fault = result.Outcome switch
        {
            BackfillOutcome.Invalid => result.Fault,
            BackfillOutcome.Disabled => "The rule is disabled, so nothing would evaluate the windows. Enable it first.",
            BackfillOutcome.NotFound => "The rule is gone.",
            _ => null,
        };
    }

    private async Task WorkAsync(Func<BackfillSpan, Task> work)
    {
        (fault, busy) = (null, true);
        try
        {
            if (Read() is { } span)
            {
                await work(span);
            }
        }
        catch (Exception e)
        {
            fault = "It failed, and nothing was changed. The portal's log has the details.";
            Log.Failed(Logger, RuleId, e);
        }
        finally
        {
            busy = false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The backfill of rule {Rule} failed.")]
        public static partial void Failed(ILogger logger, Guid rule, Exception exception);
    }
}
