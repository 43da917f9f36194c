using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts;

/// <summary>Something an alert is about.</summary>
public sealed class AlertEntity
{
    /// <summary>Identity.</summary>
    public long Id { get; private set; }

    /// <summary>The alert.</summary>
    public long AlertId { get; private set; }

    /// <summary>What it is.</summary>
    public required EntityType Type { get; init; }

    /// <summary>Its name as the telemetry spells it: text that an attacker may have chosen.</summary>
    /// <value>At most 400 characters.</value>
    public required string Value { get; init; }
}

/// <summary>What an alert is about, as its rule's baseline knows it: those rows of its windows are the alert's.</summary>
public sealed class AlertSubject
{
    /// <summary>Identity.</summary>
    public long Id { get; private set; }

    /// <summary>The alert.</summary>
    public long AlertId { get; private set; }

    /// <summary>A <see cref="Detection.Detectors.Subject.Key"/>.</summary>
    public required string Key { get; init; }
}

/// <summary>A tactic of an alert. An alert with five tactics is counted under each.</summary>
public sealed class AlertTactic
{
    /// <summary>The alert.</summary>
    public long AlertId { get; private set; }

    /// <summary>The tactic.</summary>
    public AttackTactic Tactic { get; init; }
}
