using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Wording;
using RulePortal.Data.Rules;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Kit.Views;
using Severity = RulePortal.Detection.Taxonomy.Severity;

namespace RulePortal.Web.Features.Alerts;

/// <summary>The filters of the list as chips; each change is a new address.</summary>
public sealed partial class AlertsFilterBar
{
    private const string UnknownRule = "a rule without alerts";

    private static readonly IReadOnlyList<FilterOption<Severity>> severities = [.. SeverityBar.Order.Select(severity => new FilterOption<Severity>(severity, severity.ToString()))];
    private static readonly IReadOnlyList<FilterOption<AlertStatus>> statuses = [.. Enum.GetValues<AlertStatus>().Select(status => new FilterOption<AlertStatus>(status, status.ToString()))];
    private static readonly IReadOnlyList<FilterOption<Period>> ranges = [.. Period.Offered.Select(range => new FilterOption<Period>(range, range.Words))];

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Parameter]
    [EditorRequired]
    public required AlertsView View { get; set; }

    [Parameter]
    public EventCallback<AlertsView> ViewChanged { get; set; }

    /// <summary>Rules that can be chosen.</summary>
    [Parameter]
    public IReadOnlyList<RuleReference> Rules { get; set; } = [];

    /// <summary>Owners that can be chosen beside oneself and nobody.</summary>
    [Parameter]
    public IReadOnlyList<Actor> Owners { get; set; } = [];

    private IReadOnlyList<FilterOption<Guid>> RuleOptions => [.. Rules.Select(rule => new FilterOption<Guid>(rule.Id, SafeText.Shorten(rule.Name, 60)))];

    private IReadOnlyList<FilterOption<string>> OwnerOptions =>
    [
        new(AlertsView.Me, "me"),
        new(AlertsView.Nobody, "nobody"),
        .. Owners.Select(owner => new FilterOption<string>(owner.Id, owner.Name)),
    ];

    private IReadOnlyList<string> OwnerChosen => View.Owner is { } owner ? [owner] : [];

    private IReadOnlyList<Period> RangeChosen => Period.Of(View.Since, View.FromUtc, View.ToUtc) is { } range ? [range] : [];

    private AlertsView Cleared => new() { Order = View.Order, Size = View.Size };

    private AlertsView Within(Period? range) => View with { Since = range?.Since, FromUtc = range?.FromUtc, ToUtc = range?.ToUtc };

    private Task GoAsync(AlertsView view) => ViewChanged.InvokeAsync(view with { Page = 1 });

    private Task SearchAsync(string? text)
    {
        var wanted = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        return wanted == View.Text ? Task.CompletedTask : GoAsync(View with { Text = wanted });
    }

    // Not awaited: the menu closes once its item's handler is done.
    private void AskBetween() => _ = InvokeAsync(BetweenAsync);

    private async Task BetweenAsync()
    {
        if (await Period.AskAsync(Dialogs, "Raised between", View.FromUtc, View.ToUtc) is { } range)
        {
            await GoAsync(Within(range));
        }
    }
}
