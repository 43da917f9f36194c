using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Features.Alerts;

/// <summary>Alerts by tactic in the matrix's order; a click filters.</summary>
public sealed partial class TacticStrip
{
    private int most;

    /// <summary>Every tactic, counted under the other filters.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<TacticCount> Counts { get; set; }

    [Parameter]
    [EditorRequired]
    public required AlertsView View { get; set; }

    [Parameter]
    public EventCallback<AlertsView> ViewChanged { get; set; }

    // The two of industrial control systems and the retired one are shown once they matter.
    private IEnumerable<TacticCount> Shown => Counts.Where(count => count.Tactic <= AttackTactic.Impact || count.Alerts.Total > 0 || View.Tactics.Contains(count.Tactic));

    protected override void OnParametersSet() => most = Counts.Max(count => count.Alerts.Total);

    private static string Words(TacticCount count)
    {
        var parts = SeverityBar.Order.Where(severity => count.Alerts[severity] > 0).Select(severity => string.Create(CultureInfo.InvariantCulture, $"{count.Alerts[severity]:N0} {severity}"));
        var id = count.Tactic.AttackId() is { } known ? $" ({known})" : "";
        return $"{count.Tactic.DisplayName()}{id}: {(count.Alerts.Total == 0 ? "no alerts" : string.Join(", ", parts))}";
    }

    private Task ToggleAsync(AttackTactic tactic) => ViewChanged.InvokeAsync(View with
    {
        Tactics = View.Tactics.Contains(tactic) ? [.. View.Tactics.Where(other => other != tactic)] : [.. View.Tactics.Append(tactic).Order()],
        Page = 1,
    });
}
