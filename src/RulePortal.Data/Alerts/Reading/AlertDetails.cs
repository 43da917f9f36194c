using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>One alert with all that a person needs to judge it, but for its evidence.</summary>
public sealed record AlertDetails
{
    /// <summary>The alert as lists show it; its entities are in <see cref="Entities"/> in full.</summary>
    public required AlertItem Alert { get; init; }

    /// <summary>What happened, in one sentence with its numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>The trigger in words, such as "more than 5".</summary>
    public required string TriggerText { get; init; }

    /// <summary>The trigger of the rule version that raised it, or null when that version is not stored.</summary>
    public required TriggerCondition? Trigger { get; init; }

    /// <summary>Days of the lookback that had rows.</summary>
    public required int BaselineDays { get; init; }

    /// <summary>Days looked back.</summary>
    public required int LookbackDays { get; init; }

    /// <summary>When it was closed, or null. UTC.</summary>
    public required DateTime? ClosedUtc { get; init; }

    /// <summary>ATT&amp;CK techniques of the rule version.</summary>
    public required IReadOnlyList<string> Techniques { get; init; }

    /// <summary>Everything it is about, by type.</summary>
    /// <value>At most <see cref="MaxEntities"/>.</value>
    public required IReadOnlyList<FindingEntity> Entities { get; init; }

    /// <summary>What was found, newest window first; never empty.</summary>
    /// <value>At most <see cref="MaxOccurrences"/>, the latest.</value>
    public required IReadOnlyList<OccurrenceItem> Occurrences { get; init; }

    /// <summary>The explanations of the first result rows of the window that raised it, without repeats.</summary>
    /// <value>At most <see cref="MaxExplanations"/>, empty when the window had no result rows.</value>
    public required IReadOnlyList<Explanation> Explanations { get; init; }

    /// <summary>What happened to it, oldest first.</summary>
    /// <value>At most <see cref="MaxActivities"/>, the latest.</value>
    public required IReadOnlyList<ActivityItem> Activities { get; init; }

    /// <summary>Most <see cref="Explanations"/>.</summary>
    public const int MaxExplanations = 200;

    /// <summary>Most <see cref="Entities"/>.</summary>
    public const int MaxEntities = 1000;

    /// <summary>Most <see cref="Occurrences"/>.</summary>
    public const int MaxOccurrences = 1000;

    /// <summary>Most <see cref="Activities"/>.</summary>
    public const int MaxActivities = 1000;
}
