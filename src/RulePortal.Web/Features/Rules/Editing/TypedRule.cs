using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>A rule as it stands in the form, fit to be kept in the browser: texts as typed, readable or not.</summary>
public sealed record TypedRule
{
    /// <summary>Number of the version it was typed over.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required Severity Severity { get; init; }

    public required IReadOnlyList<AttackTactic> Tactics { get; init; }

    public required string Techniques { get; init; }

    public required string QueryFrequency { get; init; }

    public required string QueryPeriod { get; init; }

    public required TriggerOperator TriggerOperator { get; init; }

    public required int? TriggerThreshold { get; init; }

    public required EventGrouping EventGrouping { get; init; }

    public required string Suppression { get; init; }

    public required string LearningPeriod { get; init; }

    /// <summary>Not required: a draft that was kept by an earlier release has none.</summary>
    public int? HoldAbove { get; init; } = RuleLimits.UsualHold;

    /// <summary>Not required, as above.</summary>
    public bool BaselineExcludesAlerts { get; init; }

    /// <summary>The detector's settings, by key.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public static TypedRule Of(RuleDraft draft, int version)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new TypedRule
        {
            Version = version,
            Name = draft.Name,
            Description = draft.Description,
            Severity = draft.Severity,
            Tactics = draft.Tactics,
            Techniques = draft.Techniques,
            QueryFrequency = draft.QueryFrequency.Text,
            QueryPeriod = draft.QueryPeriod.Text,
            TriggerOperator = draft.TriggerOperator,
            TriggerThreshold = draft.TriggerThreshold,
            EventGrouping = draft.EventGrouping,
            Suppression = draft.Suppression.Text,
            LearningPeriod = draft.LearningPeriod.Text,
            HoldAbove = draft.HoldAbove,
            BaselineExcludesAlerts = draft.BaselineExcludesAlerts,
            Settings = draft.Settings.ToDictionary(input => input.Setting.Key, input => input.Typed, StringComparer.Ordinal),
        };
    }

    /// <summary>Types it into a form again.</summary>
    public void TypeInto(RuleDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        draft.Name = Name;
        draft.Description = Description;
        draft.Severity = Enum.IsDefined(Severity) ? Severity : draft.Severity;
        draft.Tactics = [.. Tactics.Where(tactic => Enum.IsDefined(tactic)).Distinct()];
        draft.Techniques = Techniques;
        draft.QueryFrequency.Text = QueryFrequency;
        draft.QueryPeriod.Text = QueryPeriod;
        draft.TriggerOperator = Enum.IsDefined(TriggerOperator) ? TriggerOperator : draft.TriggerOperator;
        draft.TriggerThreshold = TriggerThreshold;
        draft.EventGrouping = Enum.IsDefined(EventGrouping) ? EventGrouping : draft.EventGrouping;
        draft.Suppression.Text = Suppression;
        draft.LearningPeriod.Text = LearningPeriod;
        draft.HoldAbove = HoldAbove;
        draft.BaselineExcludesAlerts = BaselineExcludesAlerts;
        foreach (var input in draft.Settings)
        {
            input.Typed = Settings.GetValueOrDefault(input.Setting.Key, input.Typed);
        }
    }
}
