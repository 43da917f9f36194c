using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Features.Alerts;

/// <summary>One page of the list. Order and page are links, so that the address stays the only truth.</summary>
public sealed partial class AlertsGrid
{
    private const string SelectedRow = "row-selected";

    private readonly Dictionary<string, object?> tableAttributes = new(StringComparer.Ordinal) { ["aria-label"] = "Alerts" };

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<AlertItem> Alerts { get; set; }

    [Parameter]
    [EditorRequired]
    public required AlertsView View { get; set; }

    [Parameter]
    [EditorRequired]
    public required AlertSelection Selection { get; set; }

    [Parameter]
    public EventCallback SelectionChanged { get; set; }

    /// <summary>Whether the person may work alerts.</summary>
    [Parameter]
    public bool CanSelect { get; set; }

    private bool AllSelected => Alerts.All(alert => Selection.Contains(alert.Id));

    private static string Short(string text, int max) => SafeText.Shorten(SafeText.Visible(text), max);

    private static string? Verdict(AlertItem alert) =>
        alert is { Classification: { } classification, ClassificationReason: { } reason } ? new ClosingVerdict(classification, reason).DisplayName : null;

    private Task SelectAsync(AlertItem alert, bool isChosen)
    {
        Selection.Set(alert.Reference, isChosen);
        return SelectionChanged.InvokeAsync();
    }

    private Task SelectAllAsync(bool isChosen)
    {
        foreach (var alert in Alerts)
        {
            Selection.Set(alert.Reference, isChosen);
        }

        return SelectionChanged.InvokeAsync();
    }
}
