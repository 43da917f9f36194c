using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit.Drafts;

namespace RulePortal.Web.Features.Alerts;

/// <summary>Asks for one of Sentinel's five verdicts and a comment.</summary>
public sealed partial class CloseDialog
{
    private ClosingVerdict? chosen;
    private string? comment;
    private bool missing;

    [Inject]
    public required DraftBox Drafts { get; set; }

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>Alerts to be closed.</summary>
    [Parameter]
    public int Count { get; set; } = 1;

    /// <summary>What was chosen before a race was lost.</summary>
    [Parameter]
    public CloseChoice? Draft { get; set; }

    /// <summary>After every change, with what is chosen and typed so far.</summary>
    [Parameter]
    public EventCallback<CloseChoice> OnTyped { get; set; }

    /// <summary>Under which key the browser keeps what is typed, or null.</summary>
    [Parameter]
    public string? DraftKey { get; set; }

    private string? Comment
    {
        get => comment;
        set
        {
            comment = value;
            _ = OnTyped.InvokeAsync(new CloseChoice(chosen, comment));
        }
    }

    /// <returns>The choice, or null when the person thought better of it.</returns>
    public static async Task<CloseChoice?> AskAsync(IDialogService dialogs, int count, CloseChoice? draft, string? draftKey = null, EventCallback<CloseChoice> onTyped = default)
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        var title = count == 1 ? "Close alert" : string.Create(CultureInfo.InvariantCulture, $"Close {count:N0} alerts");
        var parameters = new DialogParameters<CloseDialog> { { dialog => dialog.Count, count }, { dialog => dialog.Draft, draft }, { dialog => dialog.DraftKey, draftKey }, { dialog => dialog.OnTyped, onTyped } };
        var dialog = await dialogs.ShowAsync<CloseDialog>(title, parameters);
        return await dialog.Result is { Canceled: false, Data: CloseChoice choice } ? choice : null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && DraftKey is not null)
        {
            await Drafts.ReplayAsync(DraftKey);
        }
    }

    protected override void OnInitialized() => (chosen, comment) = (Draft?.Verdict, Draft?.Comment);

    private Task Choose(ClosingVerdict verdict)
    {
        (chosen, missing) = (verdict, false);
        return OnTyped.InvokeAsync(new CloseChoice(chosen, comment));
    }

    private void Apply()
    {
        missing = chosen is null;
        if (!missing)
        {
            Dialog.Close(DialogResult.Ok(new CloseChoice(chosen, string.IsNullOrWhiteSpace(comment) ? null : comment)));
        }
    }
}
