using System.Linq.Expressions;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
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

    /// <summary>What it is about, as the baseline of its rule knows it.</summary>
    /// <value>At most <see cref="MaxEntities"/>.</value>
    public required IReadOnlyList<Subject> Subjects { get; init; }

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

/// <summary>One entry of an alert's activity log, read.</summary>
/// <param name="Id">Identity, ascending.</param>
/// <param name="AtUtc">When. UTC.</param>
/// <param name="ActorId">Whose <see cref="Auditing.Actor.Id"/>.</param>
/// <param name="ActorName">Whose <see cref="Auditing.Actor.Name"/>.</param>
/// <param name="Kind">What.</param>
/// <param name="From">The value before, in words, or null.</param>
/// <param name="To">The value after, in words, or null.</param>
/// <param name="Comment">What the person wrote, or null.</param>
public sealed record ActivityItem(long Id, DateTime AtUtc, string ActorId, string ActorName, ActivityKind Kind, string? From, string? To, string? Comment);

internal static class ActivityItems
{
    public static Expression<Func<AlertActivity, ActivityItem>> FromRow { get; } = row =>
        new ActivityItem(row.Id, row.AtUtc, row.ActorId, row.ActorName, row.Kind, row.From, row.To, row.Comment);
}

/// <summary>One finding of a rule in one window.</summary>
/// <param name="Id">Identity.</param>
/// <param name="RuleVersion">The rule version that found it.</param>
/// <param name="WindowStartUtc">Start of the window. UTC.</param>
/// <param name="WindowEndUtc">End of the window. UTC.</param>
/// <param name="TotalRows">Result rows in all.</param>
/// <param name="StoredRows">Result rows kept as evidence.</param>
public sealed record OccurrenceItem(long Id, int RuleVersion, DateTime WindowStartUtc, DateTime WindowEndUtc, int TotalRows, int StoredRows);

/// <summary>Another alert with the reason why it is similar.</summary>
/// <param name="Alert">The other alert.</param>
/// <param name="Shared">Entities both are about; the first <see cref="MaxShared"/>.</param>
/// <param name="SharedCount">How many entities both are about.</param>
/// <param name="SameRule">Whether the same rule raised both.</param>
public sealed record SimilarAlert(AlertItem Alert, IReadOnlyList<FindingEntity> Shared, int SharedCount, bool SameRule)
{
    /// <summary>Most values of <see cref="Shared"/>.</summary>
    public const int MaxShared = 5;
}

/// <summary>An alert's entities of one type, as a list shows them.</summary>
/// <param name="Type">What they are.</param>
/// <param name="Values">The first <see cref="MaxValues"/> of them.</param>
/// <param name="Count">How many there are.</param>
public sealed record EntityGroup(EntityType Type, IReadOnlyList<string> Values, int Count)
{
    /// <summary>Most values of one type that a list carries for an alert.</summary>
    public const int MaxValues = 5;
}

/// <summary>What makes an alert's rows and entities known again elsewhere.</summary>
/// <param name="Id">The alert.</param>
/// <param name="RuleId">Its rule.</param>
/// <param name="Entities">Everything it is about.</param>
/// <param name="Rows">Its result rows as far as they are kept: window end (UTC) and the row's own group key.</param>
public sealed record AlertMarkFacts(long Id, Guid RuleId, IReadOnlyList<FindingEntity> Entities, IReadOnlyList<(DateTime WindowEndUtc, string GroupKey)> Rows);

/// <summary>One result row kept as evidence.</summary>
/// <param name="Id">Identity.</param>
/// <param name="WindowEndUtc">End of the window that found it. UTC.</param>
/// <param name="Ordinal">Place among the window's result rows, from 0.</param>
/// <param name="Columns">The query's columns under their KQL names, in the query's order.</param>
/// <param name="Explanation">Why the row is a result.</param>
public sealed record EvidenceItem(long Id, DateTime WindowEndUtc, int Ordinal, IReadOnlyList<ResultColumn> Columns, Explanation Explanation);

/// <summary>Part of an alert's evidence.</summary>
/// <param name="Items">The rows, newest window first, each window in the query's order.</param>
/// <param name="Total">How many rows are kept for the alert.</param>
public sealed record EvidencePage(IReadOnlyList<EvidenceItem> Items, int Total);
