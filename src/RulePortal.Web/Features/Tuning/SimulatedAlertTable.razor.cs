using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit;

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

    private static string Names(SimulatedAlert alert, Func<SimulatedRow, string> of)
    {
        var names = alert.Rows.Select(of).Distinct(StringComparer.Ordinal).ToList();
        var words = string.Join(", ", names.Take(Named).Select(name => name.Length == 0 ? "(empty)" : SafeText.Shorten(SafeText.Visible(name), 40)));
        return names.Count > Named ? $"{words} and {names.Count - Named} more" : words;
    }

    private static string Verdict(LabelledAlert label) => label.Classification switch
    {
        Classification.TruePositive => "true positive",
        Classification.FalsePositive => "false positive",
        Classification.BenignPositive => "benign positive",
        Classification.Undetermined => "undetermined",
        _ => label.Status is AlertStatus.New ? "new" : "active",
    };
}
