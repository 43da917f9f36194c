using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Tuning;

/// <summary>Simulated alerts by name, each with what became of the real one.</summary>
public sealed partial class SimulatedAlertTable
{
    private const int Step = 20;
    private const int Named = 2;

    private int shown = Step;

    [Parameter]
    [EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<SimulatedAlert> Alerts { get; set; }

    /// <summary>What names a row.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<NamingColumn> Names { get; set; }

    [Parameter]
    [EditorRequired]
    public required AlertLabels Labels { get; set; }

    [Parameter]
    [EditorRequired]
    public required Func<DateTime, string> WindowLink { get; set; }

    /// <summary>What stands for no alerts.</summary>
    [Parameter]
    public string None { get; set; } = "None.";

    [Parameter]
    public bool IsOpen { get; set; } = true;

    // The newest is what a tuner remembers.
    private IEnumerable<SimulatedAlert> Shown => Alerts.Reverse().Take(shown);

    private static string Verdict(LabelledAlert label) => label.Classification switch
    {
        Classification.TruePositive => "true positive",
        Classification.FalsePositive => "false positive",
        Classification.BenignPositive => "benign positive",
        Classification.Undetermined => "undetermined",
        _ => label.Status is AlertStatus.New ? "new" : "active",
    };
}
