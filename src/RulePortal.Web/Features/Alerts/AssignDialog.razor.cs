using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Features.Alerts;

/// <summary>Asks to whom alerts shall be given.</summary>
public sealed partial class AssignDialog
{
    private string? chosenId;
    private string? search;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter]
    [EditorRequired]
    public required Actor Me { get; set; }

    /// <summary>Who else can be chosen.</summary>
    [Parameter]
    public IReadOnlyList<Actor> People { get; set; } = [];

    /// <summary>The owner's id now, null for nobody, or the empty string when there are several alerts.</summary>
    [Parameter]
    public string? CurrentId { get; set; }

    /// <returns>The choice, or null when the person thought better of it.</returns>
    public static async Task<AssignChoice?> AskAsync(IDialogService dialogs, int count, IReadOnlyList<Actor> people, Actor me, string? currentId)
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        var title = count == 1 ? "Assign alert" : string.Create(CultureInfo.InvariantCulture, $"Assign {count:N0} alerts");
        var parameters = new DialogParameters<AssignDialog>
        {
            { dialog => dialog.Me, me },
            { dialog => dialog.People, [.. people.Where(person => person.Id != me.Id)] },
            { dialog => dialog.CurrentId, currentId },
        };
        var dialog = await dialogs.ShowAsync<AssignDialog>(title, parameters);
        return await dialog.Result is { Canceled: false, Data: AssignChoice choice } ? choice : null;
    }

    protected override void OnInitialized() => chosenId = CurrentId;

    private bool Fits(Actor person) => string.IsNullOrWhiteSpace(search) || person.Name.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase);

    private void Choose(string? id) => chosenId = id;

    private void Apply()
    {
        var owner = chosenId is null ? null : chosenId == Me.Id ? Me : People.First(person => person.Id == chosenId);
        Dialog.Close(DialogResult.Ok(new AssignChoice(owner)));
    }
}

/// <summary>To whom somebody wants to give alerts; null is nobody.</summary>
public sealed record AssignChoice(Actor? Owner);
