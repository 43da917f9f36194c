using RulePortal.Data.Evaluation;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Tuning.Versions;

/// <summary>Which of many simulated alerts are shown: by a part of a name, and by what became of the real one.</summary>
internal sealed record SimulatedAlertFilter(string? Text, string? Label)
{
    private static readonly IReadOnlyList<(string Key, string Words, Func<LabelledAlert?, bool> Fits)> Known =
    [
        ("true-positive", "True positive", label => label?.Classification is Classification.TruePositive),
        ("false-positive", "False positive", label => label?.Classification is Classification.FalsePositive),
        ("benign-positive", "Benign positive", label => label?.Classification is Classification.BenignPositive),
        ("undetermined", "Undetermined", label => label?.Classification is Classification.Undetermined),
        ("open", "Open", label => label is { Classification: null }),
        ("never", "Never raised", label => label is null),
    ];

    /// <summary>What can be asked for, each with its words.</summary>
    public static IEnumerable<(string Key, string Words)> Labels => Known.Select(label => (label.Key, label.Words));

    public bool IsEmpty => Text is null && Label is null;

    public IReadOnlyList<SimulatedAlert> Of(IReadOnlyList<SimulatedAlert> alerts, AlertLabels labels)
    {
        var fits = Known.FirstOrDefault(label => label.Key == Label).Fits;
        return IsEmpty ? alerts : [.. alerts.Where(alert => (fits is null || fits(labels.Of(alert))) && (Text is null || alert.Rows.Any(Has)))];
    }

    private bool Has(SimulatedRow row) => row.Names.Any(name => name.Contains(Text!, StringComparison.OrdinalIgnoreCase));
}
