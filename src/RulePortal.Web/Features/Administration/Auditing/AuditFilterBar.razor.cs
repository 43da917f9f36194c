using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Controls;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>The filters of the trail as chips; each change is a new address.</summary>
public sealed partial class AuditFilterBar
{
    private static readonly IReadOnlyList<FilterOption<string>> actions =
        [.. AuditActions.All.Select(action => new FilterOption<string>(action, AuditWords.Action(action))).OrderBy(option => option.Text, StringComparer.Ordinal)];

    private static readonly IReadOnlyList<FilterOption<AuditOutcome>> outcomes = [.. Enum.GetValues<AuditOutcome>().Select(outcome => new FilterOption<AuditOutcome>(outcome, outcome.ToString()))];
    private static readonly IReadOnlyList<FilterOption<Period>> periods = [.. Period.Offered.Select(period => new FilterOption<Period>(period, period.Words))];

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Parameter]
    [EditorRequired]
    public required AuditView View { get; set; }

    [Parameter]
    public EventCallback<AuditView> ViewChanged { get; set; }

    /// <summary>Actors that can be chosen.</summary>
    [Parameter]
    public IReadOnlyList<Actor> Actors { get; set; } = [];

    private IReadOnlyList<FilterOption<string>> ActorOptions => [.. Actors.Select(actor => new FilterOption<string>(actor.Id, SafeText.Shorten(SafeText.Visible(actor.Name), 40)))];

    private IReadOnlyList<Period> PeriodChosen => Period.Of(View.Since, View.FromUtc, View.ToUtc) is { } period ? [period] : [];

    private AuditView Within(Period? period) => View with { Since = period?.Since, FromUtc = period?.FromUtc, ToUtc = period?.ToUtc };

    private Task GoAsync(AuditView view) => ViewChanged.InvokeAsync(view with { Page = 1 });

    private Task SearchAsync(string? text)
    {
        var wanted = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        return wanted == View.Text ? Task.CompletedTask : GoAsync(View with { Text = wanted });
    }

    // Not awaited: the menu closes once its item's handler is done.
    private void AskBetween() => _ = InvokeAsync(async () =>
    {
        if (await Period.AskAsync(Dialogs, "Between two times", View.FromUtc, View.ToUtc) is { } period)
        {
            await GoAsync(Within(period));
        }
    });
}
