using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What can be done to an alert as it stands; the likely next step last and filled.</summary>
public sealed partial class AlertActions
{
    [Parameter]
    [EditorRequired]
    public required AlertItem Alert { get; set; }

    /// <summary>Whether the person owns it.</summary>
    [Parameter]
    public bool IsMine { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnAcknowledge { get; set; }

    [Parameter]
    public EventCallback OnAssignToMe { get; set; }

    [Parameter]
    public EventCallback OnAssign { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public EventCallback OnReopen { get; set; }
}

/// <summary>What came of the last action on an alert.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="IsLost">Whether nothing was written.</param>
public sealed record AlertNotice(string Text, bool IsLost);
