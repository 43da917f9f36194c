using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>Which alerts. What is left empty does not filter; what is given must all hold.</summary>
public sealed record AlertFilter
{
    /// <summary>Every alert.</summary>
    public static AlertFilter Everything { get; } = new();

    /// <summary>Alerts having any of these tactics.</summary>
    public IReadOnlyList<AttackTactic> Tactics { get; init; } = [];

    /// <summary>Alerts of any of these severities.</summary>
    public IReadOnlyList<Severity> Severities { get; init; } = [];

    /// <summary>Alerts in any of these statuses.</summary>
    public IReadOnlyList<AlertStatus> Statuses { get; init; } = [];

    /// <summary>Alerts of any of these rules.</summary>
    public IReadOnlyList<Guid> Rules { get; init; } = [];

    /// <summary>Alerts that nobody owns; <see cref="OwnerId"/> is then not looked at.</summary>
    public bool Unassigned { get; init; }

    /// <summary>Alerts owned by this <see cref="Auditing.Actor.Id"/>.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Alerts raised at or after this instant. UTC.</summary>
    public DateTime? RaisedFromUtc { get; init; }

    /// <summary>Alerts raised before this instant. UTC.</summary>
    public DateTime? RaisedToUtc { get; init; }

    /// <summary>Alerts about exactly this.</summary>
    public FindingEntity? Entity { get; init; }

    /// <summary>Alerts whose title or one of whose entities contains this, in any case; no character is a wildcard.</summary>
    /// <value>Blanks around it do not count; longer than <see cref="MaxTextLength"/> characters finds nothing.</value>
    public string? Text { get; init; }

    /// <summary>Most characters of <see cref="Text"/>.</summary>
    public const int MaxTextLength = 300;
}

/// <summary>In which order a list of alerts comes.</summary>
/// <param name="By">What it is ordered by.</param>
/// <param name="Descending">From most to least.</param>
public readonly record struct AlertOrder(AlertSort By, bool Descending)
{
    /// <summary>What waits comes first: New, then Active, then Closed; in each the alert raised last.</summary>
    public static AlertOrder Queue { get; } = new(AlertSort.Status, Descending: false);

    /// <summary>The alert raised last comes first.</summary>
    public static AlertOrder NewestFirst { get; } = new(AlertSort.Raised, Descending: true);
}
