using RulePortal.Data.Evaluation;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.Tuning;

/// <summary>Finds the stored alert that a simulated one would have been, and so what people said of it.</summary>
public sealed class AlertLabels
{
    private readonly ILookup<DateTime, LabelledAlert> byWindow;

    public AlertLabels(IReadOnlyList<LabelledAlert> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        All = labels;
        byWindow = labels.ToLookup(label => label.WindowEndUtc);
    }

    public IReadOnlyList<LabelledAlert> All { get; }

    /// <summary>The stored alert of the same window and key, or null. An alert for a whole window is any of that window's.</summary>
    public LabelledAlert? Of(SimulatedAlert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var stored = byWindow[alert.EndUtc];
        return stored.FirstOrDefault(label => label.GroupKey == alert.GroupKey)
            ?? (alert.GroupKey is AlertGrouping.AllRows or AlertGrouping.RemainingRows ? stored.FirstOrDefault() : stored.FirstOrDefault(label => label.GroupKey == AlertGrouping.AllRows));
    }

    /// <summary>How it was classified, when it was.</summary>
    public Classification? ClassificationOf(SimulatedAlert alert) => Of(alert)?.Classification;
}
