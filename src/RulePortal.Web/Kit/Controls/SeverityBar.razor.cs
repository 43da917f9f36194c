using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Kit.Controls;

/// <summary>A number of alerts as a bar stacked by severity; the words beside it tell the numbers.</summary>
public sealed partial class SeverityBar
{
    [Parameter]
    [EditorRequired]
    public SeverityCounts Alerts { get; set; }

    /// <summary>How many fill the whole width.</summary>
    [Parameter]
    [EditorRequired]
    public int Most { get; set; }

    /// <summary>In which order severities are stacked and listed: the worst first.</summary>
    public static IReadOnlyList<Severity> Order { get; } = [Severity.High, Severity.Medium, Severity.Low, Severity.Informational];

    private string Width(Severity severity) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * Alerts[severity] / Math.Max(1, Most):0.##}%");
}
