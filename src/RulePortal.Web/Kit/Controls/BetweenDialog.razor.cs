using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace RulePortal.Web.Kit.Controls;

/// <summary>Asks for two instants.</summary>
public sealed partial class BetweenDialog
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";

    private string? from;
    private string? to;
    private string? fault;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter]
    public DateTime? FromUtc { get; set; }

    [Parameter]
    public DateTime? ToUtc { get; set; }

    protected override void OnInitialized()
    {
        from = FromUtc?.ToString(Form, CultureInfo.InvariantCulture);
        to = ToUtc?.ToString(Form, CultureInfo.InvariantCulture);
    }

    private static DateTime? Read(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private void Apply()
    {
        var (first, last) = (Read(from), Read(to));
        fault = first is null && last is null ? "Give at least one of the two." : first >= last ? "The end must be after the beginning." : null;
        if (fault is null)
        {
            Dialog.Close(DialogResult.Ok(new Period(null, first, last)));
        }
    }
}
