using RulePortal.Detection.Simulation;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Tuning;

/// <summary>What closed alerts say of a change of settings.</summary>
/// <param name="TruePositivesKept">Alerts classified true positive that the new setting raises as well.</param>
/// <param name="TruePositivesLost">Those it does not raise.</param>
/// <param name="FalsePositivesKept">Alerts classified false positive that it raises as well.</param>
/// <param name="FalsePositivesAvoided">Those it does not raise.</param>
/// <param name="BenignKept">Alerts classified benign positive that it raises as well.</param>
public sealed record LabelScore(int TruePositivesKept, int TruePositivesLost, int FalsePositivesKept, int FalsePositivesAvoided, int BenignKept)
{
    /// <summary>Fewer judged alerts than this make no percentage worth saying.</summary>
    private const int FewestForPercent = 10;

    private int Judged => TruePositivesKept + FalsePositivesKept + BenignKept;

    /// <summary>True positives of the judged alerts that the new setting raises, with how many those are.</summary>
    public string Precision => Judged switch
    {
        0 => "no judged alert left, so no precision",
        < FewestForPercent => $"{TruePositivesKept} of {Judged} judged alerts true positive; too few for a percentage",
        _ => $"{100.0 * TruePositivesKept / Judged:0} % of {Judged} judged alerts true positive",
    };

    /// <summary>Whether anybody has judged an alert of the span.</summary>
    public bool IsEmpty => Judged + TruePositivesLost + FalsePositivesAvoided == 0;

    public static LabelScore Of(SimulationDifference difference, AlertLabels labels)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(labels);
        return new LabelScore(
            Count([.. difference.Both, .. difference.Added], Classification.TruePositive),
            Count(difference.Removed, Classification.TruePositive),
            Count([.. difference.Both, .. difference.Added], Classification.FalsePositive),
            Count(difference.Removed, Classification.FalsePositive),
            Count([.. difference.Both, .. difference.Added], Classification.BenignPositive));

        int Count(IReadOnlyList<SimulatedAlert> alerts, Classification classification) =>
            alerts.Select(labels.Of).Where(label => label?.Classification == classification).DistinctBy(label => label!.AlertId).Count();
    }
}
