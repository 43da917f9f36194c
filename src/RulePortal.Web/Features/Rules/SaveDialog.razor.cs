using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Web.Features.Rules.Editing;

namespace RulePortal.Web.Features.Rules;

/// <summary>Shows what a save changes and which pins it breaks, and asks why.</summary>
public sealed partial class SaveDialog : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private PinReport? report;
    private bool failed;
    private string note = "";
    private string reason = "";

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    public required RulePins Pins { get; set; }

    [Inject]
    public required ILogger<SaveDialog> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public required RuleEditor Editor { get; set; }

    private IReadOnlyList<JudgedPin> Broken => report?.Broken ?? [];

    private bool CanSave => (report is not null || failed) && (Broken.Count == 0 || !string.IsNullOrWhiteSpace(reason));

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var (saved, typed) = (Editor.Saved, Editor.Reading.Definition);
        if (!RuleStore.NeedsPins(saved.Definition, typed))
        {
            report = PinReport.Empty;
            return;
        }

        try
        {
            report = await Pins.JudgeAsync(saved.Id, typed, saved.Definition, closed.Token);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = true;
            Log.JudgingFailed(Logger, saved.Id, e);
        }
    }

    private void Save() => Dialog.Close(DialogResult.Ok(new SaveChoice(note, Broken.Count > 0 ? reason.Trim() : null)));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The pins of rule {Rule} could not be judged.")]
        public static partial void JudgingFailed(ILogger logger, Guid rule, Exception exception);
    }
}

/// <summary>What somebody said when saving a rule.</summary>
/// <param name="Note">Why; may be empty.</param>
/// <param name="OverridePins">Why it may be saved although it breaks pins; null when it breaks none.</param>
public sealed record SaveChoice(string Note, string? OverridePins);
