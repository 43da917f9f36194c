using System.Text.Json.Serialization;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Rules;

/// <summary>Everything a version of a scheduled analytics rule says. Immutable; field names are Sentinel's.</summary>
public sealed record RuleDefinition
{
    /// <summary>Name for people.</summary>
    /// <value>1 to 256 characters.</value>
    public required string Name { get; init; }

    /// <summary>What the rule looks for and why.</summary>
    /// <value>At most 5,000 characters.</value>
    public string Description { get; init; } = "";

    /// <summary>Severity of its alerts.</summary>
    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>ATT&amp;CK tactics, without repeats.</summary>
    public IReadOnlyList<AttackTactic> Tactics { get; init; } = [];

    /// <summary>The tactics as the rule's text spells them, such as <c>#Discover</c>; kept when a mapping was needed.</summary>
    public string? TacticsText { get; init; }

    /// <summary>ATT&amp;CK techniques, such as <c>T1071</c> or <c>T1071.001</c>.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>The KQL that the detector stands for; shown, never executed.</summary>
    public string? QueryText { get; init; }

    /// <summary>Which detector evaluates the rule, by its kind.</summary>
    public required string Detector { get; init; }

    /// <summary>The detector's settings, a JSON object.</summary>
    public string SettingsJson { get; init; } = "{}";

    /// <summary>How often the rule runs.</summary>
    /// <value>5 minutes to 14 days, default 1 hour.</value>
    public TimeSpan QueryFrequency { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far back the rule looks.</summary>
    /// <value>5 minutes to 75 days; Sentinel allows 14 days. Default 1 hour.</value>
    public TimeSpan QueryPeriod { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How the number of result rows is compared with the threshold.</summary>
    public TriggerOperator TriggerOperator { get; init; } = TriggerOperator.GreaterThan;

    /// <summary>What the number of result rows is compared with.</summary>
    /// <value>0 to 10,000.</value>
    public int TriggerThreshold { get; init; }

    /// <summary>Whether a run makes one alert or one a result row.</summary>
    public EventGrouping EventGrouping { get; init; } = EventGrouping.SingleAlert;

    /// <summary>How long the rule stays silent after an alert, or null for not at all.</summary>
    /// <value>5 minutes to 24 hours, at least QueryFrequency.</value>
    public TimeSpan? SuppressionDuration { get; init; }

    /// <summary>Days of data the baseline needs before the rule raises alerts.</summary>
    /// <value>0 to 30 days, default 7 days.</value>
    public TimeSpan LearningPeriod { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A window that would alert with more result rows than this holds the rule until a person decides; null for never.</summary>
    /// <value>1 to 1,000,000, default 1,000.</value>
    /// <remarks>Written even when null: a definition stored before there was this field has the default.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? HoldAbove { get; init; } = RuleLimits.UsualHold;

    /// <summary>Whether rows of the rule's own alerts are left out when it looks back, as long as an alert is open or closed as true positive.</summary>
    /// <value>Default false.</value>
    /// <remarks>These are the rows of an alert's countries inside its windows. They are rows of their own window all the same.</remarks>
    public bool BaselineExcludesAlerts { get; init; }
}

/// <summary>How the number of result rows is compared with the threshold (Sentinel's triggerOperator).</summary>
public enum TriggerOperator
{
    /// <summary>gt: more than the threshold.</summary>
    GreaterThan = 0,

    /// <summary>lt: fewer than the threshold.</summary>
    LessThan = 1,

    /// <summary>eq: exactly the threshold.</summary>
    Equal = 2,

    /// <summary>ne: anything but the threshold.</summary>
    NotEqual = 3,
}

/// <summary>How result rows become alerts (Sentinel's aggregationKind).</summary>
public enum EventGrouping
{
    /// <summary>One alert for all result rows of a run.</summary>
    SingleAlert = 0,

    /// <summary>One alert a result row: at most 150 a run, of which the last stands for all rows beyond 149.</summary>
    AlertPerResult = 1,
}
