using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>An alert as a list shows it.</summary>
public sealed record AlertItem
{
    /// <summary>Identity.</summary>
    public required long Id { get; init; }

    /// <summary>Its <see cref="Alert.Version"/>.</summary>
    public required int Version { get; init; }

    /// <summary>One line for lists.</summary>
    public required string Title { get; init; }

    /// <summary>How much harm it stands for.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Where it stands.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>The rule.</summary>
    public required Guid RuleId { get; init; }

    /// <summary>The rule's name when it raised the alert.</summary>
    public required string RuleName { get; init; }

    /// <summary>The rule version that raised it.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>Start of the window the detector looked at. UTC.</summary>
    public required DateTime WindowStartUtc { get; init; }

    /// <summary>End of that window. UTC.</summary>
    public required DateTime WindowEndUtc { get; init; }

    /// <summary>Result rows of the window that raised it.</summary>
    public required int ResultCount { get; init; }

    /// <summary>When it was raised. UTC.</summary>
    public required DateTime RaisedUtc { get; init; }

    /// <summary>When it last changed. UTC.</summary>
    public required DateTime ChangedUtc { get; init; }

    /// <summary>Owner's <see cref="Auditing.Actor.Id"/>, or null.</summary>
    public required string? OwnerId { get; init; }

    /// <summary>Owner's <see cref="Auditing.Actor.Name"/>, or null.</summary>
    public required string? OwnerName { get; init; }

    /// <summary>What it turned out to be, once closed.</summary>
    public required Classification? Classification { get; init; }

    /// <summary>Why, once closed.</summary>
    public required ClassificationReason? ClassificationReason { get; init; }

    /// <summary>Its tactics, in the matrix's order.</summary>
    public IReadOnlyList<AttackTactic> Tactics { get; init; } = [];

    /// <summary>What it is about, by type.</summary>
    public IReadOnlyList<EntityGroup> Entities { get; init; } = [];

    /// <summary>Its pin, or null.</summary>
    public PinItem? Pin { get; init; }

    /// <summary>The alert as this reader saw it.</summary>
    public AlertReference Reference => new(Id, Version);
}
