using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Alerts;

/// <summary>How many alerts are selected, and what can be done to them.</summary>
public sealed partial class SelectionBar
{
    [Parameter]
    [EditorRequired]
    public int Count { get; set; }

    /// <summary>How many of them are on other pages.</summary>
    [Parameter]
    public int Elsewhere { get; set; }

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
    public EventCallback OnClear { get; set; }

    private string Words
    {
        get
        {
            var words = string.Create(CultureInfo.InvariantCulture, $"{Count:N0} selected");
            words += Elsewhere > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Elsewhere:N0} not on this page") : "";
            return Count >= AlertTriage.MaxAlerts ? words + " (the most at once)" : words;
        }
    }
}
