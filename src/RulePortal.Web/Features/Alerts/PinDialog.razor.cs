using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Pins;
using RulePortal.Detection.Pins;

namespace RulePortal.Web.Features.Alerts;

/// <summary>Asks what later versions of an alert's rule have to do about it.</summary>
public sealed partial class PinDialog
{
    private PinKind? kind;
    private string note = "";

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>The pin it has, or null.</summary>
    [Parameter]
    public PinItem? Pin { get; set; }

    private bool IsUnchanged => kind == Pin?.Kind && (kind is null || note.Trim() == Pin?.Note);

    /// <returns>The choice, or null when the person thought better of it.</returns>
    public static async Task<PinChoice?> AskAsync(IDialogService dialogs, PinItem? pin)
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        var dialog = await dialogs.ShowAsync<PinDialog>(pin is null ? "Pin alert" : "Change the alert's pin", new DialogParameters<PinDialog> { { dialog => dialog.Pin, pin } });
        return await dialog.Result is { Canceled: false, Data: PinChoice choice } ? choice : null;
    }

    protected override void OnInitialized() => (kind, note) = (Pin?.Kind, Pin?.Note ?? "");

    private void Choose(PinKind? chosen) => kind = chosen;

    private void Apply() => Dialog.Close(DialogResult.Ok(new PinChoice(kind, note.Trim())));
}

/// <summary>What somebody chose for an alert's pin.</summary>
/// <param name="Kind">What it demands; null for no pin.</param>
/// <param name="Note">Why.</param>
public sealed record PinChoice(PinKind? Kind, string Note);
