using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Rules.Editing;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Rules;

/// <summary>What does the rule look for, and what happens if it is changed?</summary>
public sealed partial class RulePage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private RuleEditor? editor;
    private SaveConflict? conflict;
    private bool failed;
    private bool missing;
    private bool saving;
    private bool toReplay;
    private DateTime? restoredUtc;
    private int runsRead;

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required RuleQueries Queries { get; set; }

    [Inject]
    public required DetectorCatalog Detectors { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required DraftBox Drafts { get; set; }

    [Inject]
    public required ILogger<RulePage> Logger { get; set; }

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    private string? TabName { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    private string? RunFilter { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? PageText { get; set; }

    private string DraftKey => $"rule:{Id}";

    private int PageNumber => Pager.Number(PageText);

    private RuleTab Tab => Enum.TryParse<RuleTab>(TabName, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : RuleTab.General;

    public void Dispose()
    {
        Watch(null);
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (editor?.Saved.Id != Id)
        {
            Watch(null);
            await LoadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (toReplay)
        {
            toReplay = false;
            await Drafts.ReplayAsync(DraftKey);
        }
    }

    private int Faults(RuleTab tab) => editor?.Errors.Count(error => RuleFields.Tab(error.Field) == tab) ?? 0;

    private async Task LoadAsync()
    {
        failed = missing = false;
        (conflict, restoredUtc) = (null, null);
        try
        {
            var canEdit = await Actor.CanAsync(Policies.CanContribute);
            var saved = await Rules.FindAsync(Id, closed.Token);
            missing = saved is null;
            Watch(saved is null ? null : new RuleEditor(saved, Detectors, canEdit));
            if (saved is not null && canEdit)
            {
                await RestoreAsync(saved);
                // Only now: what is restored would be typed over it.
                toReplay = true;
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = true;
            Log.ReadFailed(Logger, Id, e);
        }
    }

    /// <summary>Puts back what this person typed and did not save before the page went away; a version saved meanwhile is told as when saving.</summary>
    private async Task RestoreAsync(RuleSnapshot saved)
    {
        if (await Drafts.FindAsync<TypedRule>(DraftKey) is not { Content: var typed } draft)
        {
            return;
        }

        var basis = typed.Version == saved.Version ? saved.Definition : await Rules.FindVersionAsync(Id, typed.Version, closed.Token);
        if (basis is null)
        {
            await Drafts.DropAsync(DraftKey);
            return;
        }

        Watch(new RuleEditor(await AsOfAsync(saved, typed.Version, basis), Detectors, canEdit: true));
        editor!.Change(typed.TypeInto);
        if (!editor.IsDirty)
        {
            Watch(new RuleEditor(saved, Detectors, canEdit: true));
            return;
        }

        restoredUtc = draft.KeptUtc;
        conflict = typed.Version == saved.Version
            ? null
            : new SaveConflict(Detectors.Normalize(basis), Detectors.Normalize(saved.Definition), editor.Reading.Definition, saved);
    }

    /// <summary>The rule as it was when an earlier version was the last.</summary>
    private async Task<RuleSnapshot> AsOfAsync(RuleSnapshot saved, int version, RuleDefinition definition)
    {
        var row = (await Queries.VersionsAsync(Id, saved.Version - version, 1, closed.Token)).Items.FirstOrDefault(row => row.Number == version);
        return saved with { Version = version, Definition = definition, SavedUtc = row?.CreatedUtc ?? saved.SavedUtc, SavedBy = row?.ActorName ?? saved.SavedBy };
    }

    private void OnChanged(object? sender, EventArgs e)
    {
        StateHasChanged();
        _ = editor is { IsDirty: true } ? Drafts.KeepAsync(DraftKey, TypedRule.Of(editor.Draft, editor.Saved.Version)) : Drafts.DropAsync(DraftKey);
        restoredUtc = editor is { IsDirty: true } ? restoredUtc : null;
    }

    private void DiscardRestored()
    {
        if (conflict is not null)
        {
            TakeTheirs();
        }
        else
        {
            editor!.Discard();
        }
    }

    private void Watch(RuleEditor? next)
    {
        editor?.Changed -= OnChanged;
        editor = next;
        editor?.Changed += OnChanged;
    }

    /// <summary>Reads what stands beside the definition, such as whether the rule is enabled; what is typed stays.</summary>
    private async Task RefreshAsync()
    {
        if (await Rules.FindAsync(Id, closed.Token) is { } saved && saved.Version == editor!.Saved.Version)
        {
            editor.Rebase(saved);
        }
    }

    /// <summary>After windows were evaluated: the rule may be held now, or go on.</summary>
    private async Task RanAsync()
    {
        runsRead++;
        await RefreshAsync();
    }

    private async Task SaveAsync()
    {
        if (editor!.Errors.Count > 0)
        {
            Snackbar.Add("Not saved: put the faults right first.", MudBlazor.Severity.Warning);
            return;
        }

        var parameters = new DialogParameters<SaveDialog> { { dialog => dialog.Editor, editor } };
        var dialog = await Dialogs.ShowAsync<SaveDialog>($"Save as version {editor.Saved.Version + 1}", parameters);
        if (await dialog.Result is { Canceled: false, Data: SaveChoice choice })
        {
            await SaveAsync(choice);
        }
    }

    private async Task SaveAsync(SaveChoice choice)
    {
        saving = true;
        try
        {
            var actor = await Actor.DemandAsync(Policies.CanContribute);
            var (expected, definition) = (editor!.Saved.Version, editor.Reading.Definition);
            var result = choice.OverridePins is { } reason
                ? await Rules.SaveOverridingPinsAsync(Id, expected, definition, choice.Note, reason, actor, closed.Token)
                : await Rules.SaveAsync(Id, expected, definition, choice.Note, actor, closed.Token);
            switch (result.Outcome)
            {
                case RuleSaveOutcome.Conflict:
                    var stored = (await Rules.FindAsync(Id, closed.Token))!;
                    conflict = new SaveConflict(Detectors.Normalize(editor.Saved.Definition), Detectors.Normalize(stored.Definition), editor.Reading.Definition, stored);
                    break;
                case RuleSaveOutcome.NotFound:
                    missing = true;
                    break;
                case RuleSaveOutcome.BreaksPins:
                    Snackbar.Add($"Not saved: it breaks {Words.Count(result.Pins.Broken.Count, "pin")}. Save again to see them and to say why it may.", MudBlazor.Severity.Warning);
                    break;
                case RuleSaveOutcome.Invalid:
                    editor.Refuse(result.Errors);
                    break;
                default:
                    conflict = null;
                    var saved = (await Rules.FindAsync(Id, closed.Token))!;
                    editor.Rebase(saved, saved.Definition);
                    Snackbar.Add($"Saved as version {result.Version}. The next evaluation uses it.", MudBlazor.Severity.Success);
                    break;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Snackbar.Add("Not saved. What you typed is still in the form; the portal's log has the details.", MudBlazor.Severity.Error);
            Log.SaveFailed(Logger, Id, e);
        }
        finally
        {
            saving = false;
        }
    }

    private void MergeMine()
    {
        var merged = RuleMerge.Merge(conflict!.Basis, conflict.Theirs, editor!.Reading.Definition);
        editor.Rebase(conflict.Stored, merged);
        conflict = null;
    }

    private void TakeTheirs()
    {
        editor!.Rebase(conflict!.Stored, conflict.Stored.Definition);
        conflict = null;
    }

    private void ShowForm() => Navigation.NavigateTo(PortalUrls.Rule(Id));

    private async Task OnLeaveAsync(LocationChangingContext context)
    {
        var samePage = Navigation.ToAbsoluteUri(context.TargetLocation).AbsolutePath == new Uri(Navigation.Uri).AbsolutePath;
        if (editor?.IsDirty == true && !samePage
            && await Dialogs.ShowMessageBoxAsync("Leave without saving?", "What you changed here is not saved. It is lost when you leave the page.", "Leave", cancelText: "Stay") != true)
        {
            context.PreventNavigation();
        }
        else if (editor?.IsDirty == true && !samePage)
        {
            await Drafts.DropAsync(DraftKey);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The rule {Rule} could not be read.")]
        public static partial void ReadFailed(ILogger logger, Guid rule, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The rule {Rule} could not be saved.")]
        public static partial void SaveFailed(ILogger logger, Guid rule, Exception exception);
    }
}
