using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Connections;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Connections;

/// <summary>Asks how often a machine is expected to report.</summary>
public sealed partial class ExpectDialog
{
    private Kind kind;
    private string? interval;
    private string? fault;

    private enum Kind
    {
        Default = 0,
        Own = 1,
        Never = 2,
    }

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter]
    [EditorRequired]
    public required SourceFreshness Source { get; set; }

    protected override void OnInitialized()
    {
        kind = !Source.IsOwn ? Kind.Default : Source.Expected is null ? Kind.Never : Kind.Own;
        interval = Source.Expected is { } expected ? DurationText.ForPeople(expected) : null;
    }

    /// <returns>The choice, or null when the person thought better of it.</returns>
    internal static async Task<ExpectChoice?> AskAsync(IDialogService dialogs, SourceFreshness source)
    {
        var dialog = await dialogs.ShowAsync<ExpectDialog>("How often a machine reports", new DialogParameters<ExpectDialog> { { dialog => dialog.Source, source } });
        return await dialog.Result is { Canceled: false, Data: ExpectChoice choice } ? choice : null;
    }

    private void Choose(Kind chosen) => (kind, fault) = (chosen, null);

    private void Apply()
    {
        var own = TimeSpan.Zero;
        fault = kind is not Kind.Own ? null
            : !DurationText.TryParse(interval, out own, out var error) ? error
            : own < SourceWatch.Shortest || own > SourceWatch.Longest ? "The interval must be 1 minute to 30 days."
            : null;
        if (fault is null)
        {
            Dialog.Close(DialogResult.Ok(new ExpectChoice(kind switch { Kind.Default => null, Kind.Own => own, _ => TimeSpan.Zero })));
        }
    }
}

/// <param name="Expected">Zero when the machine is not expected to report, null for the portal's default.</param>
internal sealed record ExpectChoice(TimeSpan? Expected);
